namespace LlmKick.Transformers.Tokenization.Normalizing;

/// <summary>Changes a text before it is cut.</summary>
internal interface INormalizer
{
    Fragment Normalize(Fragment text);
}
