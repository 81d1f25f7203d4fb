namespace LlmKick.Transformers.Tokenization.Decoding;

/// <summary>From ids, which are all of the vocabulary, to text.</summary>
internal interface ITokenDecoder
{
    string Decode(IReadOnlyList<int> ids, bool skipSpecial);

    /// <summary>What a token stands for behind other text; empty for gaps.</summary>
    ReadOnlyMemory<byte> Bytes(int id);
}
