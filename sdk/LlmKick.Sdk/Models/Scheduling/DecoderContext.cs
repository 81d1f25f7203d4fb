namespace LlmKick.Sdk.Models.Scheduling;

/// <summary>A model that is computed in this process, as a <see cref="RequestPass{TRequest}"/> sees it.</summary>
public sealed class DecoderContext
{
    internal DecoderContext(IDecoder decoder, ITokenizer tokenizer, int contextLength)
    {
        (Decoder, Tokenizer, ContextLength) = (decoder, tokenizer, contextLength);
        (Head, Silent) = (new OutputHead(decoder), new SilentTokens(tokenizer));
    }

    /// <summary>Prefill, step and output head.</summary>
    public IDecoder Decoder { get; }

    /// <summary>The model's tokenizer.</summary>
    public ITokenizer Tokenizer { get; }

    /// <summary>Tokens in the longest sequence.</summary>
    public int ContextLength { get; }

    /// <summary>What is asked of the choice of tokens beside the requests; null for nothing.</summary>
    internal GenerationRules? Rules { get; set; }

    internal OutputHead Head { get; }

    internal SilentTokens Silent { get; }

    /// <summary>Makes sure that what was computed of a text is finite.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="tokens">The text that they were computed of.</param>
    /// <exception cref="NotFiniteException">One is NaN or infinite; the message names the block where the first such number
    /// arises.</exception>
    public void RequireFinite(IEnumerable<float> values, ReadOnlyMemory<int> tokens) => FiniteOutputs.Require(Decoder, values, tokens);
}
