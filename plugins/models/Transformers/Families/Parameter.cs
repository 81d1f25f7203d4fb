using LlmKick.Transformers.Layers;

namespace LlmKick.Transformers.Families;

/// <summary>A tensor of a model.</summary>
/// <param name="Spec">What it is.</param>
/// <param name="Name">Its whole name as the family's own checkpoints have it: <c>model.layers.0.mlp.down_proj.weight</c>.</param>
/// <param name="Block">The block that it is in, or null.</param>
internal sealed record Parameter(ParameterSpec Spec, string Name, int? Block)
{
    /// <summary>Its name in GGUF files, or the key and place of a number in their metadata; null where llama.cpp has none.</summary>
    public string? Gguf => Spec.GgufKey is { } key ? $"{key}[{Block}]"
        : (Spec.GgufForm?.Parts[0].Name ?? Spec.Gguf ?? Spec.GgufStack?.Name) is { } name ? InGguf(name) : null;

    /// <summary>The whole name of one of its tensors in GGUF files.</summary>
    /// <param name="name">What stands behind the block's.</param>
    public string InGguf(string name) => Block is { } block ? $"blk.{block}.{name}" : name;

    /// <summary>The whole name without <c>.weight</c>.</summary>
    public string Module => Name[..Name.LastIndexOf('.')];

    /// <summary>The whole name of another tensor of the same block, or of none.</summary>
    /// <param name="name">Its name there.</param>
    public string Named(string name) => Name[..^Spec.Name.Length] + name;

    public bool IsLinear => Spec.Kind == ParameterKind.Linear && Block is not null;
}
