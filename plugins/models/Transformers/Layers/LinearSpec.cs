using LlmKick.Sdk.Compression;

namespace LlmKick.Transformers.Layers;

/// <summary>A linear that a part asks for.</summary>
/// <param name="Role">What it does.</param>
/// <param name="Name">Its name inside the block, such as <c>self_attn.q_proj</c>.</param>
/// <param name="Outputs">Rows of its weight.</param>
/// <param name="Inputs">Columns of its weight.</param>
/// <param name="Gguf">Its name in GGUF files, such as <c>attn_q</c>; null where llama.cpp has none.</param>
internal sealed record LinearSpec(LinearRole Role, string Name, int Outputs, int Inputs, string? Gguf)
{
    public bool HasBias { get; init; }

    /// <summary>Whether folders store the weight as [inputs, outputs], as GPT-2 does.</summary>
    public bool Transposed { get; init; }

    public int? Expert { get; init; }

    public RowOrder? Rows { get; init; }

    /// <summary>Other names that it has in folders.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>Where the weight lies in folders that stack experts.</summary>
    public IReadOnlyList<StackPlace> Stacks { get; init; } = [];

    /// <summary>Where the bias lies in folders that stack experts.</summary>
    public IReadOnlyList<StackPlace> BiasStacks { get; init; } = [];

    /// <summary>Where the weight lies in GGUF files that stack experts.</summary>
    public StackPlace? GgufStack { get; init; }

    /// <summary>As in <see cref="ParameterSpec.StaysFloat"/>.</summary>
    public bool StaysFloat { get; init; }

    /// <summary>What the weight is in GGUF files where it is not the same tensor there; null where it is.</summary>
    public GgufForm? GgufForm { get; init; }

    public IEnumerable<ParameterSpec> Parameters
    {
        get
        {
            yield return Part(ParameterKind.Linear, "weight", [Outputs, Inputs]) with
            {
                Transposed = Transposed,
                Stacks = Stacks,
                GgufStack = GgufStack,
                GgufForm = GgufForm,
                StaysFloat = StaysFloat,
            };
            if (HasBias)
                yield return Part(ParameterKind.LinearBias, "bias", [Outputs]) with
                {
                    Stacks = BiasStacks,
                    GgufStack = GgufStack is null ? null
                        : new StackPlace(GgufStack.Name.Replace(".weight", ".bias", StringComparison.Ordinal), GgufStack.Shape[..2],
                            GgufStack.Slice),
                };
        }
    }

    private ParameterSpec Part(ParameterKind kind, string name, long[] shape) => new(kind, $"{Name}.{name}", shape)
    {
        Role = Role,
        Expert = Expert,
        Gguf = Gguf is null ? null : $"{Gguf}.{name}",
        Rows = Rows,
        Others = [.. Others.Select(other => $"{other}.{name}")],
    };
}
