namespace LlmKick.Transformers.Tokenization.Normalizing;

/// <summary>One after the other.</summary>
internal sealed class NormalizerChain(IReadOnlyList<INormalizer> parts) : INormalizer
{
    public Fragment Normalize(Fragment text)
    {
        foreach (var part in parts)
            text = part.Normalize(text);
        return text;
    }
}
