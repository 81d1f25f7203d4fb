using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Positions;

/// <summary>Cosines and sines of every position in one regime, made as far as they were asked for.</summary>
internal sealed class RotaryTable(RotarySpec rotary, long regime, long context, Device device, ScalarType dtype) : IDisposable
{
    // Most texts fit, and the table is not made again for each that is a little longer.
    private const int LeastLength = 512;

    private Tensor? _cosines;
    private Tensor? _sines;
    private long _length;

    /// <summary>Angles of consecutive positions, the same for every row; they belong to the caller's scope.</summary>
    public RotaryAngles First(long start, long length)
    {
        Grow(start + length);
        return new RotaryAngles(_cosines!.narrow(0, start, length).unsqueeze(1), _sines!.narrow(0, start, length).unsqueeze(1),
            rotary.Interleaved);
    }

    /// <summary>Angles of given positions, int64 [batch, length], none beyond <paramref name="end"/>; they belong to the caller's
    /// scope.</summary>
    public RotaryAngles At(Tensor positions, long end)
    {
        Grow(end);
        return new RotaryAngles(_cosines![positions].unsqueeze(2), _sines![positions].unsqueeze(2), rotary.Interleaved);
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
        _length = Math.Max(Math.Max(length, LeastLength), Math.Min(2 * _length, context));
        using var scope = NewDisposeScope();
        var angles = outer(arange(Number.Of(0), Number.Of(_length), Number.One, ScalarType.Float32), RotaryFrequencies.Of(rotary, regime));
        var cosines = Amplified(angles.cos()).to(dtype, device);
        _cosines = (rotary.Interleaved ? cosines.repeat_interleave(2, -1) : cat([cosines, cosines], 1)).DetachFromDisposeScope();
        _sines = Amplified(rotary.Reversed ? angles.sin().neg_() : angles.sin()).to(dtype, device).DetachFromDisposeScope();
    }

    private Tensor Amplified(Tensor waves) => rotary.Scaling?.Amplitude is { } amplitude and not 1
        ? waves.mul(Number.Of(amplitude)) : waves;
}
