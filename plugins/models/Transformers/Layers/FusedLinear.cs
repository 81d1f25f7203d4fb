using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Layers;

/// <summary>Linears that read the same input, computed as one product. Their weights are slices of <paramref name="weight"/>.</summary>
/// <param name="weight">[outputs of all, inputs].</param>
/// <param name="bias">[outputs of all], 0 where a linear has none; null where none has one.</param>
/// <param name="group">The linears.</param>
/// <param name="biased">Which of them have a bias.</param>
internal sealed class FusedLinear(Tensor weight, Tensor? bias, LinearGroup group, IReadOnlyList<bool> biased)
{
    public IReadOnlyList<Linear> Linears => Group.Linears;

    /// <summary>The group by itself.</summary>
    public LinearGroup Group { get; } = group;

    /// <summary>Whom observers are told of: a larger group where others read the same input, null where one of those tells.</summary>
    public LinearGroup? Told { get; set; } = group;

    /// <summary>[outputs of all, inputs].</summary>
    public Tensor Weight => weight;

    public IEnumerable<Tensor> Tensors =>
        [weight, .. bias is null ? [] : (Tensor[])[bias], .. Linears.SelectMany(linear => linear.Tensors)];

    /// <summary>The biases by their names, slices of the group's.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> Biases =>
        Linears.Index().Select(linear => (linear.Item.Name + ".bias", Bias(linear.Index))).Where(own => own.Item2 is not null)!;

    /// <summary>The bias of one of the linears, a slice of the group's; null where there is none.</summary>
    public Tensor? Bias(int linear) =>
        biased[linear] ? bias!.narrow(0, Linears.Take(linear).Sum(before => before.Outputs), Linears[linear].Outputs) : null;

    /// <summary>[…, inputs] to […, outputs of all linears].</summary>
    public Tensor Forward(Tensor input, Action<LinearGroup, Tensor>? observe)
    {
        if (Told is not null)
            observe?.Invoke(Told, input);
        return Linears.All(linear => linear.Activations is null) ? LinearProduct.Of(input, weight, bias) : ForwardOneByOne(input);
    }

    private Tensor ForwardOneByOne(Tensor input)
    {
        using var scope = NewDisposeScope();
        var outputs = cat([.. Linears.Select(linear => linear.Forward(input))], -1);
        return (bias is null ? outputs : outputs.add(bias, Number.One)).MoveToOuterDisposeScope();
    }
}
