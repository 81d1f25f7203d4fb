using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>A linear map y = x·Wᵀ + b inside a decoder block: a replaceable operator with an encoding.</summary>
public sealed class Linear
{
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

    /// <summary>Everything that the linear holds in tensors.</summary>
    public IEnumerable<torch.Tensor> Tensors => [Weight, .. Quantized?.Parts.Values ?? []];

    /// <summary>Rows of the weight.</summary>
    public int Outputs => (int)Weight.shape[0];

    /// <summary>Columns of the weight.</summary>
    public int Inputs => (int)Weight.shape[1];

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
    /// <exception cref="ArgumentException">The shape differs.</exception>
    public void Replace(QuantizedWeight quantized)
    {
        ArgumentNullException.ThrowIfNull(quantized);
        using var scope = torch.NewDisposeScope();
        Replace(quantized.Decode(), quantized.Encoding);
        Keep(new QuantizedWeight(quantized.Encoding, Own(quantized.Codes)!, Own(quantized.Scales)!, Own(quantized.Zeros), Own(quantized.ColumnGroups)));
        Encoding = Quantized!.Encoding;
    }

    private void Keep(QuantizedWeight? quantized)
    {
        foreach (var part in Quantized?.Parts.Values ?? [])
            part.Dispose();
        Quantized = quantized;
    }

    private static torch.Tensor? Own(torch.Tensor? part) => part?.to(torch.CPU, copy: true).contiguous().DetachFromDisposeScope();
}
