using LlmKick.Sdk.Compression;

namespace LlmKick.Transformers.Layers;

/// <summary>A tensor that a part asks for: where it lies in files follows from it, in folders and in GGUF files alike.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name inside the block, or inside the model where it is in none: <c>self_attn.q_proj.weight</c>.</param>
/// <param name="Shape">Its shape as it is computed with.</param>
internal sealed record ParameterSpec(ParameterKind Kind, string Name, long[] Shape)
{
    /// <summary>What a linear does.</summary>
    public LinearRole Role { get; init; }

    /// <summary>The expert that it belongs to; null for none.</summary>
    public int? Expert { get; init; }

    /// <summary>Whether folders store it as [inputs, outputs].</summary>
    public bool Transposed { get; init; }

    /// <summary>What is added to a norm's weight before it multiplies; GGUF files have it added.</summary>
    public double Offset { get; init; }

    /// <summary>Its name in GGUF files, behind the block's: <c>attn_q.weight</c>; null where llama.cpp has none.</summary>
    public string? Gguf { get; init; }

    /// <summary>Whether GGUF files have it in float32 whatever type is asked for, as llama.cpp's quantiser leaves it.</summary>
    public bool StaysFloat { get => field || Role == LinearRole.Router; init; }

    /// <summary>The key of GGUF metadata that lists it, one number a block, where it is no tensor there; null where it is one.</summary>
    public string? GgufKey { get; init; }

    /// <summary>Other names that it has in folders.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>Where it lies in folders that stack experts; none where no layout of the family does.</summary>
    public IReadOnlyList<StackPlace> Stacks { get; init; } = [];

    /// <summary>Where it lies in GGUF files, which stack experts; null where it is a tensor of its own.</summary>
    public StackPlace? GgufStack { get; init; }

    /// <summary>What it is in GGUF files where it is not the same tensor there; null where it is.</summary>
    public GgufForm? GgufForm { get; init; }

    /// <summary>The order of its rows, which GGUF files may have otherwise; null where they do not.</summary>
    public RowOrder? Rows { get; init; }

    public long Count => Shape.Aggregate(1L, (product, size) => product * size);
}
