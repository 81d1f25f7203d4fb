using static TorchSharp.torch;

namespace LlmKick.Transformers.Layers;

/// <summary>Reads what parts of a block, or of a model's ends, are made of.</summary>
internal interface IPartReader
{
    /// <summary>Linears that read the same input.</summary>
    /// <param name="group">Their group's name, unique in the block.</param>
    /// <param name="linears">The linears, in the order of the fused rows.</param>
    FusedLinear Linears(string group, params IReadOnlyList<LinearSpec> linears);

    /// <summary>A norm; null for null.</summary>
    Norm? Norm(NormSpec? spec);

    /// <summary>Any other tensor.</summary>
    Tensor Tensor(ParameterSpec spec);
}
