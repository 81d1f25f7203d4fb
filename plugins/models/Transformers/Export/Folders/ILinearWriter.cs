using System.Text.Json.Nodes;
using LlmKick.Sdk.Checkpoints;
using LlmKick.Sdk.Files;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Export.Folders;

/// <summary>How a folder's format stores linears.</summary>
internal interface ILinearWriter
{
    CheckpointFormat Format { get; }

    /// <summary>Whether a linear is one that the format is for; others are stored as floats, which holds all that they are.</summary>
    bool Wants(LinearFacts linear);

    /// <summary>Why a wanted linear cannot be stored: the end of a sentence about it. Null where it can.</summary>
    string? Fault(LinearFacts linear);

    /// <summary>Why linears cannot be stored together, in a sentence; null where they can.</summary>
    string? Fault(IReadOnlyList<LinearFacts> stored) => null;

    /// <summary>The type of stored scales; null where there are none, or where they stay as they are.</summary>
    /// <param name="type">That of weights which are not quantized.</param>
    ScalarType? ScaleType(ScalarType type) => null;

    /// <summary>The tensors of a linear, without its bias.</summary>
    IEnumerable<PlannedTensor> Plan(ModelTensor tensor, ScalarType type);

    /// <summary>What <c>quantization_config</c> says; null for none.</summary>
    /// <param name="stored">What is stored in the format's way.</param>
    /// <param name="dense">The linears that are not.</param>
    JsonObject? Config(IReadOnlyList<LinearFacts> stored, IReadOnlyList<LinearFacts> dense);

    /// <summary>A file of its own with the same, where the format has one.</summary>
    string? ConfigFile => null;
}
