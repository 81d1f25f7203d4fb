using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Configuration;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Layers;

/// <summary>Cosines and sines of every position, made as far as they were asked for.</summary>
internal sealed class RotaryTable(TransformerConfig config, Device device, ScalarType dtype) : IDisposable
{
    private const int LeastLength = 512;
    private Tensor? _cosines;
    private Tensor? _sines;
    private long _length;

    /// <summary>Angles of positions 0 … length − 1, the same for every row; they belong to the caller's scope.</summary>
    public RotaryAngles First(long start, long length)
    {
        Grow(start + length);
        return new RotaryAngles(_cosines!.narrow(0, start, length).unsqueeze(1), _sines!.narrow(0, start, length).unsqueeze(1));
    }

    /// <summary>Angles of given positions, int64 [batch, length], none beyond <paramref name="end"/>; they belong to the caller's scope.</summary>
    public RotaryAngles At(Tensor positions, long end)
    {
        Grow(end);
        return new RotaryAngles(_cosines![positions].unsqueeze(2), _sines![positions].unsqueeze(2));
    }

    public void Dispose()
    {
        _cosines?.Dispose();
        _sines?.Dispose();
    }

    private void Grow(long length)
    {
        if (length <= _length)
            return;
        Dispose();
        _length = Math.Max(Math.Max(length, LeastLength), Math.Min(2 * _length, config.ContextLength));
        using var scope = NewDisposeScope();
        var angles = outer(arange(Number.Of(0), Number.Of(_length), Number.One, ScalarType.Float32), Frequencies());
        var cosines = angles.cos().to(dtype, device);
        _cosines = cat([cosines, cosines], 1).DetachFromDisposeScope();
        _sines = angles.sin().to(dtype, device).DetachFromDisposeScope();
    }

    private Tensor Frequencies()
    {
        var exponents = arange(Number.Of(0), Number.Of(config.HeadWidth), Number.Of(2), ScalarType.Int64).to_type(ScalarType.Float32) / Number.Of(config.HeadWidth);
        var frequencies = Number.Of(1) / tensor((float)config.Rotary.Base).pow(exponents);
        return config.Rotary.Scaling?.Scale(frequencies) ?? frequencies;
    }
}
