namespace LlmKick.Quantization;

/// <summary>A published setting of <see cref="GptqOptions"/>.</summary>
public enum GptqPreset
{
    /// <summary>That of "Compressing LLMs: The Truth is Rarely Pure and Never Simple" (Jaiswal et al., arXiv 2310.01382), from its
    /// code.</summary>
    Paper,
}
