namespace LlmKick.Transformers.Tokenization.Loading;

/// <summary>Reads the <c>normalizer</c> part: none, or canonical composition (NFC).</summary>
internal static class NormalizerReader
{
    /// <summary>Whether texts are composed.</summary>
    public static bool Read(TokenizerElement? normalizer) => normalizer?.Type switch
    {
        null => false,
        "NFC" => true,
        "Sequence" => normalizer.Required("normalizers").Items().Aggregate(false, (composes, part) => Read(part) || composes),
        _ => throw normalizer.Unsupported(),
    };
}
