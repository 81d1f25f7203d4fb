namespace LlmKick.Transformers.Tokenization.Normalizing;

/// <summary>Changes a text before it is cut.</summary>
internal interface INormalizer
{
    Fragment Normalize(Fragment text);
}

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
