using LlmKick.Sdk.Compression;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LlmKick.Transformers.Layers;

/// <summary>A group of linears that read the same input, computed as one product. The group's weights are slices of <paramref name="weight"/>.</summary>
internal sealed class FusedLinear(Tensor weight, Tensor? bias, LinearGroup group)
{
    public LinearGroup Group => group;

    public IEnumerable<Tensor> Tensors => [weight, .. bias is null ? [] : (Tensor[])[bias], .. group.Linears.Select(linear => linear.Weight)];

    /// <summary>[…, inputs] to […, outputs of all linears].</summary>
    public Tensor Forward(Tensor input, Action<LinearGroup, Tensor>? observe)
    {
        observe?.Invoke(group, input);
        return functional.linear(input, weight, bias);
    }
}
