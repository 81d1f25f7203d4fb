using LlmKick.Sdk.Checkpoints;
using LlmKick.Transformers.Families;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Export;

/// <summary>A tensor of the model, to be read when its turn comes.</summary>
/// <param name="Parameter">What it is.</param>
/// <param name="Name">Its name in folders: that of the model's own folder, or the family's.</param>
/// <param name="Read">Reads it in a type as it is computed with, into the caller's dispose scope.</param>
internal sealed record ModelTensor(Parameter Parameter, string Name, Func<ScalarType, Tensor> Read)
    : CheckpointTensor(Name, Parameter.Spec.Shape, Read)
{
    /// <summary>Its shape as it is computed with.</summary>
    public new long[] Shape => Parameter.Spec.Shape;

    /// <summary>What is known of the linear whose weight it is; null where it is none's.</summary>
    public LinearFacts? Linear { get; init; }

    /// <summary>The tensor of several that it lies in, in the model's own folder; null where it is one of its own.</summary>
    public (string Name, StackPlace Place)? Stack { get; init; }

    /// <summary>The tensor of several that it would lie in where experts are stacked; null where the family has none.</summary>
    public (string Name, StackPlace Place)? PossibleStack { get; init; }

    /// <summary>Its names where experts are apart and where they are stacked: routers of some families have two.</summary>
    public required (string Apart, string Stacked) Names { get; init; }

    public long Count => Parameter.Spec.Count;
}
