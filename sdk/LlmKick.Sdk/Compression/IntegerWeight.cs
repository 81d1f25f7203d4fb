using LlmKick.Sdk.Tensors;
using LlmKick.Sdk.Tensors.Integers;
using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>A quantized weight where it is multiplied with rounded activations.</summary>
internal sealed class IntegerWeight : IDisposable
{
    // Codes are unsigned, and libtorch's products take signed bytes.
    private const int Middle = 128;
    private readonly torch.Tensor _codes;
    private readonly byte[] _zeros;
    private readonly torch.Tensor? _signed;
    private readonly torch.Tensor? _offsets;

    /// <param name="weight">In the CPU's memory; stays in use.</param>
    /// <param name="device">Where products are computed.</param>
    public IntegerWeight(QuantizedWeight weight, torch.Device device)
    {
        using var scope = torch.NewDisposeScope();
        (_codes, _zeros) = (weight.Codes, weight.Zeros?.data<byte>().ToArray() ?? [(byte)(1 << (weight.Encoding.Bits - 1))]);
        Scales = weight.Scales.view(1, -1).to(device, copy: true).DetachFromDisposeScope();
        if (device.type == DeviceType.CPU)
            return;
        _signed = weight.Codes.to(torch.int16).sub_(Number.Of(Middle)).to(torch.int8).to(device).DetachFromDisposeScope();
        _offsets = torch.tensor(Array.ConvertAll(_zeros, zero => Middle - zero), [1, _zeros.Length], device: device)
            .DetachFromDisposeScope();
    }

    /// <summary>float32 [1, outputs] or [1, 1].</summary>
    public torch.Tensor Scales { get; }

    /// <summary>Σ activation · (code − zero).</summary>
    /// <param name="activations">int8 [rows, inputs].</param>
    /// <returns>int32 [rows, outputs], owned by the caller's dispose scope.</returns>
    public torch.Tensor Multiply(torch.Tensor activations)
    {
        if (_signed is null)
            return IntegerProduct.Multiply(activations.contiguous(), _codes, _zeros);
        using var scope = torch.NewDisposeScope();
        var sums = activations.sum([-1], keepdim: true, type: torch.int32);
        return AcceleratorProduct.Multiply(activations, _signed).add_(sums * _offsets!, Number.One).MoveToOuterDisposeScope();
    }

    /// <summary>What it holds besides the quantized weight's tensors.</summary>
    public IEnumerable<torch.Tensor> Tensors => new[] { Scales, _signed, _offsets }.OfType<torch.Tensor>();

    public void Dispose()
    {
        foreach (var tensor in Tensors)
            tensor.Dispose();
    }

    /// <exception cref="ArgumentException">A weight has an activation scheme that its integers cannot be multiplied with.</exception>
    public static void Require(QuantizedWeight weight)
    {
        var encoding = weight.Encoding;
        if (encoding.Format != CodeFormat.Integer || encoding.Bits > 8 || weight.Scales.shape[1] != 1 || weight.ColumnGroups is not null
            || !(encoding.Symmetric || weight.Zeros is not null))
            throw new ArgumentException("Inputs can be rounded where weights are integers of at most 8 bits with one scale for each row or "
                + "for all.", nameof(weight));
        if (encoding.Activations!.Bits is < 2 or > 8 || encoding.Activations is { Range: ActivationRange.Tensor, Scale: not > 0 })
            throw new ArgumentException($"The activation scheme has {encoding.Activations.Bits} bits and the scale "
                + $"{encoding.Activations.Scale}: 2 to 8 bits, and a scale above 0 for a whole tensor.", nameof(weight));
        if (weight.Codes.shape[1] > IntegerProduct.MostInputs)
            throw new ArgumentException(
                $"Sums of {weight.Codes.shape[1]} products may not fit in 32 bits; {IntegerProduct.MostInputs} always do.", nameof(weight));
    }
}
