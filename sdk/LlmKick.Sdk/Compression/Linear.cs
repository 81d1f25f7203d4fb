using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>A linear map y = x·Wᵀ + b inside a decoder block: a replaceable operator with an encoding.</summary>
public sealed class Linear
{
    private IntegerWeight? _integers;

    /// <summary>Wraps a weight of a model.</summary>
    /// <param name="name">The name inside the block, such as <c>self_attn.q_proj</c>.</param>
    /// <param name="weight">[outputs, inputs]; stays the model's own. It may be a view into a larger tensor.</param>
    public Linear(string name, torch.Tensor weight)
    {
        if (weight.dim() != 2)
            throw new ArgumentException($"The weight of '{name}' has {weight.dim()} dimensions, not 2.", nameof(weight));
        (Name, Weight) = (name, weight);
    }

    /// <summary>The name inside the block, such as <c>self_attn.q_proj</c>.</summary>
    public string Name { get; }

    /// <summary>[outputs, inputs] in the model's dtype. Change it through <see cref="Replace(torch.Tensor, LinearEncoding)"/> or <see cref="Replace(QuantizedWeight)"/>.</summary>
    public torch.Tensor Weight { get; }

    /// <summary>How the weight is to be stored and counted.</summary>
    public LinearEncoding Encoding { get; private set; } = LinearEncoding.Dense;

    /// <summary>The integers that the weight was made of; null where it was not quantized. Its tensors are in the CPU's memory and belong to the linear.</summary>
    public QuantizedWeight? Quantized { get; private set; }

    /// <summary>How inputs are rounded, so that the product is one of integers; null where it is one of floats.</summary>
    public ActivationScheme? Activations => Quantized?.Encoding.Activations;

    /// <summary>Everything that the linear holds in tensors.</summary>
    public IEnumerable<torch.Tensor> Tensors => [Weight, .. Quantized?.Parts.Values ?? [], .. _integers?.Tensors ?? []];

    /// <summary>Rows of the weight.</summary>
    public int Outputs => (int)Weight.shape[0];

    /// <summary>Columns of the weight.</summary>
    public int Inputs => (int)Weight.shape[1];

    /// <summary>Computes x·Wᵀ as the encoding says: with <see cref="Activations"/>, in integers. Models compute their linears by this, or by a product of their own where <see cref="Activations"/> is null.</summary>
    /// <param name="input">[…, inputs] in the model's dtype.</param>
    /// <returns>[…, outputs] in the model's dtype, owned by the caller's dispose scope.</returns>
    public torch.Tensor Forward(torch.Tensor input)
    {
        if (_integers is null)
            return torch.nn.functional.linear(input, Weight);
        using var scope = torch.NewDisposeScope();
        var output = IntegerForward.Run(input.reshape(-1, Inputs), Activations!, _integers, Weight);
        return output.to(input.dtype).view([.. input.shape[..^1], Outputs]).MoveToOuterDisposeScope();
    }

    /// <summary>Puts new values in place of the weight's.</summary>
    /// <param name="weight">[outputs, inputs], any float dtype and device; copied, the caller keeps it.</param>
    /// <param name="encoding">How the new weight is to be stored and counted.</param>
    /// <exception cref="ArgumentException">The shape differs.</exception>
    public void Replace(torch.Tensor weight, LinearEncoding encoding)
    {
        if (!weight.shape.SequenceEqual(Weight.shape))
            throw new ArgumentException($"'{Name}' is [{string.Join(", ", Weight.shape)}], its replacement [{string.Join(", ", weight.shape)}].", nameof(weight));
        using (torch.no_grad())
            Weight.copy_(weight);
        Encoding = encoding;
        Keep(null);
    }

    /// <summary>Puts a quantized weight in place of the weight: what its integers stand for is computed with.</summary>
    /// <param name="quantized">Its tensors are copied; the caller keeps them.</param>
    /// <exception cref="ArgumentException">The shape differs, or the encoding has <see cref="QuantizedEncoding.Activations"/> that its integers cannot be multiplied with.</exception>
    public void Replace(QuantizedWeight quantized)
    {
        ArgumentNullException.ThrowIfNull(quantized);
        if (quantized.Encoding.Activations is not null)
            IntegerWeight.Require(quantized);
        using var scope = torch.NewDisposeScope();
        Replace(quantized.Decode(), quantized.Encoding);
        Keep(new QuantizedWeight(quantized.Encoding, Own(quantized.Codes)!, Own(quantized.Scales)!, Own(quantized.Zeros), Own(quantized.ColumnGroups)));
        Encoding = Quantized!.Encoding;
    }

    /// <summary>Sets weights to zero and leaves the others as they are. A quantized weight stays quantized, where its grid has a zero: what is removed gets the code of zero.</summary>
    /// <param name="removed">bool [outputs, inputs], true where a weight goes, on any device; the caller keeps it.</param>
    /// <param name="encoding">The form of the zeros.</param>
    /// <exception cref="ArgumentException">The shape differs.</exception>
    public void Prune(torch.Tensor removed, PrunedEncoding encoding)
    {
        if (!removed.shape.SequenceEqual(Weight.shape))
            throw new ArgumentException($"'{Name}' is [{string.Join(", ", Weight.shape)}], what is removed of it [{string.Join(", ", removed.shape)}].", nameof(removed));
        using var scope = torch.NewDisposeScope();
        if (Quantized?.Prune(removed.to(torch.CPU), encoding) is { } quantized)
            Replace(quantized);
        else
            Replace(Weight.masked_fill(removed.to(Weight.device), Number.Of(0)), encoding);
    }

    private void Keep(QuantizedWeight? quantized)
    {
        foreach (var part in Quantized?.Parts.Values ?? [])
            part.Dispose();
        _integers?.Dispose();
        Quantized = quantized;
        _integers = quantized?.Encoding.Activations is null ? null : new IntegerWeight(quantized, Weight.device);
    }

    private static torch.Tensor? Own(torch.Tensor? part) => part?.to(torch.CPU, copy: true).contiguous().DetachFromDisposeScope();
}
