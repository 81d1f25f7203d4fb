using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Ends;

namespace LlmKick.Transformers.Families;

/// <summary>
/// A family of models: a row made of parts. From the parameters that its parts list follow the check of a checkpoint, the reader, the
/// linear groups, stored blocks, exports and GGUF files both ways.
/// </summary>
/// <param name="Name">As in <c>model_type</c>.</param>
internal sealed record Family(string Name)
{
    /// <summary>Other names of the same text model: those inside or around wrappers.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The class that <c>architectures</c> names.</summary>
    public required string Class { get; init; }

    /// <summary>As in <c>general.architecture</c>; null where llama.cpp does not know it.</summary>
    public string? GgufName { get; init; }

    /// <summary>The name that llama.cpp has for some of its models in place of <see cref="GgufName"/>; null for that.</summary>
    public Func<ModelSpec, string?> GgufOther { get; init; } = _ => null;

    /// <summary>Another name by which its GGUF files are read; null for none.</summary>
    public string? GgufAlias { get; init; }

    /// <summary>A key of GGUF metadata that tells the family from another one of the same <see cref="GgufName"/>, behind the architecture;
    /// null for none.</summary>
    public string? GgufKey { get; init; }

    /// <summary>What stands under <see cref="GgufKey"/> in its files, empty for nothing; null for anything but that.</summary>
    public string? GgufValue { get; init; }

    /// <summary>Whether GGUF metadata list blocks with a window one by one, and have widths of their own for them.</summary>
    public bool GgufByKind { get; init; }

    /// <summary>Whether llama.cpp takes dense blocks before those with experts.</summary>
    public bool GgufDenseFirst { get; init; }

    /// <summary>Whether llama.cpp takes experts in every so many-th block.</summary>
    public bool GgufExpertsInTurn { get; init; }

    /// <summary>Whether GGUF metadata that say every how many blocks one has no window count from such a one on; else up to it.</summary>
    public bool GgufFullFirst { get; init; }

    /// <summary>Whether its GGUF files are of models that do not round the border dimensions of YaRN, as llama.cpp does.</summary>
    public bool GgufKeepsYarnBorders { get; init; }

    /// <summary>Why a model cannot be a GGUF file although llama.cpp knows the family; null where it can.</summary>
    public Func<ModelSpec, string?> GgufFault { get; init; } = _ => null;

    /// <summary>What llama.cpp computes otherwise of a model, in a sentence; null for nothing.</summary>
    public Func<ModelSpec, string?> GgufNote { get; init; } = _ => null;

    /// <summary>The names of settings in its <c>config.json</c> that are not the usual ones of <see cref="Keys"/>.</summary>
    public IReadOnlyList<string> Spellings { get; init; } = [];

    /// <summary>Whether GGUF files have query and key rows in rotary pairs (0, h/2, 1, h/2+1, …) instead of halves.</summary>
    public bool GgufPairs { get; init; }

    /// <summary>What stands before the names of all tensors but the head's.</summary>
    public string Root { get; init; } = "model";

    /// <summary>What stands between the root and a block's index.</summary>
    public string BlockList { get; init; } = "layers";

    /// <summary>The name that other writers give a tensor of a folder, by its usual one.</summary>
    public Func<string, string>? OtherName { get; init; }

    /// <summary>What stands between the root and the names of a block's tensors, by its index.</summary>
    public Func<ModelConfig, int, string> BlockName { get => field ?? ((_, block) => $"{BlockList}.{block}"); init; }

    /// <summary>Decoder blocks that have weights of their own.</summary>
    public Func<ModelConfig, int> BlockCount { get; init; } = c => c.BlockCount;

    /// <summary>The blocks that run several times; null where each runs once.</summary>
    public Func<ModelConfig, Loop?> Loop { get; init; } = _ => null;

    public required Func<ModelConfig, EndsSpec> Ends { get; init; }

    public required Func<ModelConfig, int, BlockSpec> Block { get; init; }

    /// <summary>Keys of <c>config.json</c> that its reference does not compute with, beyond those of every model.</summary>
    public IReadOnlyList<string> Idle { get; init; } = [];

    /// <summary>Tokens of the context where the configuration does not say; null where it must.</summary>
    public int? ContextUnlessSaid { get; init; }

    /// <summary>Whether the head is the embedding where the configuration does not say.</summary>
    public bool TiedUnlessSaid { get; init; }
}
