using System.Text.Json.Nodes;
using LlmKick.Sdk.Checkpoints;
using LlmKick.Sdk.Files;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Export.Folders;

/// <summary>Every weight as a float, zeros and rounded values too: any program that loads the model's own checkpoint loads this
/// one.</summary>
internal sealed class DenseWriter : ILinearWriter
{
    public CheckpointFormat Format { get; } = new("hf-dense",
        "A Hugging Face folder with every weight as a float, pruned and rounded ones too.", [FloatTypes.Own, .. FloatTypes.Names]);

    public bool Wants(LinearFacts linear) => false;

    public string? Fault(LinearFacts linear) => null;

    public IEnumerable<PlannedTensor> Plan(ModelTensor tensor, ScalarType type) => [];

    public JsonObject? Config(IReadOnlyList<LinearFacts> stored, IReadOnlyList<LinearFacts> dense) => null;
}
