namespace LlmKick.Sdk.Models;

/// <summary>What a model's files hold.</summary>
public sealed record ModelContents
{
    /// <summary>The files' format: <c>safetensors</c>, <c>PyTorch</c>, <c>GGUF</c>.</summary>
    public required string Format { get; init; }

    /// <summary>The architecture's name, or null where the files do not say it.</summary>
    public string? Architecture { get; init; }

    /// <summary>How weights are quantized, in words; null where they are not.</summary>
    public string? Quantization { get; init; }

    /// <summary>What a reader should know of how the files are read as a model, or why they cannot be, a sentence each without its
    /// stop.</summary>
    /// <value>None.</value>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What a text takes in the cache, for each type that the model may be computed in.</summary>
    /// <value>None: the files are not those of a model that can be loaded.</value>
    public IReadOnlyList<CacheSize> Cache { get; init; } = [];

    /// <summary>The files with their bytes.</summary>
    public required IReadOnlyList<ContentFile> Files { get; init; }

    /// <summary>The tensors, in the files' order; several that stand for one quantized weight count as that weight.</summary>
    public required IReadOnlyList<ContentTensor> Tensors { get; init; }
}
