using System.Text.Json.Nodes;
using LlmKick.Sdk.Checkpoints;
using LlmKick.Sdk.Files;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Export.Folders;

/// <summary>How a folder's format stores linears.</summary>
internal interface ILinearForm
{
    CheckpointFormat Format { get; }

    /// <summary>Whether a linear has to be among those that the format stores its own way, or null where it stays dense as it is.</summary>
    bool Wants(LinearFacts linear);

    /// <summary>Why a wanted linear cannot be stored: the end of a sentence about it. Null where it can.</summary>
    string? Fault(LinearFacts linear);

    /// <summary>The tensors of a linear, without its bias.</summary>
    IEnumerable<PlannedTensor> Plan(ModelTensor tensor, ScalarType type);

    /// <summary>What <c>quantization_config</c> says; null for none.</summary>
    /// <param name="stored">What is stored in the format's way.</param>
    /// <param name="dense">The linears that are not.</param>
    JsonObject? Config(IReadOnlyList<LinearFacts> stored, IReadOnlyList<LinearFacts> dense);

    /// <summary>A file of its own with the same, where the format has one.</summary>
    string? ConfigFile => null;
}
