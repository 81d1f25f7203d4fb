using LlmKick.Sdk.Compression;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LlmKick.Transformers.Layers;

/// <summary>A group of linears that read the same input, computed as one product. The group's weights are slices of <paramref name="weight"/>.</summary>
internal sealed class FusedLinear(Tensor weight, Tensor? bias, LinearGroup group)
{
    public LinearGroup Group => group;

    public IEnumerable<Tensor> Tensors => [weight, .. bias is null ? [] : (Tensor[])[bias], .. group.Linears.SelectMany(linear => linear.Tensors)];

    /// <summary>One of the linears as the source of another's input.</summary>
    public InputSource SourceOf(int linear, FusedLinear reader) => new(group.Linears[linear], Bias(linear)) { Readers = reader.Group.Linears };

    /// <summary>The bias of one of the linears, a slice of the group's; null where there is none.</summary>
    public Tensor? Bias(int linear) =>
        bias?.narrow(0, group.Linears.Take(linear).Sum(before => before.Outputs), group.Linears[linear].Outputs);

    /// <summary>[…, inputs] to […, outputs of all linears].</summary>
    public Tensor Forward(Tensor input, Action<LinearGroup, Tensor>? observe)
    {
        observe?.Invoke(group, input);
        return group.Linears.All(linear => linear.Activations is null) ? functional.linear(input, weight, bias) : ForwardOneByOne(input);
    }

    private Tensor ForwardOneByOne(Tensor input)
    {
        using var scope = NewDisposeScope();
        var outputs = cat([.. group.Linears.Select(linear => linear.Forward(input))], -1);
        return (bias is null ? outputs : outputs.add(bias, HeldNumbers.One)).MoveToOuterDisposeScope();
    }
}
