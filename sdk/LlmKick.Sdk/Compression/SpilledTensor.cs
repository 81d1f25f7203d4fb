using Microsoft.Win32.SafeHandles;
using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>A tensor's place in a <see cref="SpillFile"/>.</summary>
public sealed class SpilledTensor
{
    private const int Portion = 1 << 30;

    private readonly SafeFileHandle _file;
    private readonly long _offset;
    private readonly long[] _shape;
    private readonly torch.ScalarType _dtype;
    private readonly torch.Device _device;

    internal SpilledTensor(SafeFileHandle file, long offset, torch.Tensor like) =>
        (_file, _offset, _shape, _dtype, _device) = (file, offset, like.shape, like.dtype, like.device);

    /// <summary>Writes another value in its place.</summary>
    /// <param name="value">Of the first one's shape and dtype; the caller keeps it.</param>
    public void Write(torch.Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!value.shape.SequenceEqual(_shape) || value.dtype != _dtype)
            throw new ArgumentException($"The place is of [{string.Join(", ", _shape)}] in {_dtype}, the value "
                + $"[{string.Join(", ", value.shape)}] in {value.dtype}.", nameof(value));
        using var scope = torch.NewDisposeScope();
        var bytes = value.to(torch.CPU).contiguous().bytes;
        // One write of a system is of 2 GB at most.
        for (var done = 0; done < bytes.Length; done += Math.Min(Portion, bytes.Length - done))
            RandomAccess.Write(_file, bytes.Slice(done, Math.Min(Portion, bytes.Length - done)), _offset + done);
    }

    /// <summary>Reads it.</summary>
    /// <returns>On the device that the first value was on, owned by the caller's dispose scope.</returns>
    /// <exception cref="EndOfStreamException">The file was cut.</exception>
    public torch.Tensor Read()
    {
        var value = torch.empty(_shape, _dtype);
        var bytes = value.bytes;
        for (var done = 0; done < bytes.Length;)
        {
            var read = RandomAccess.Read(_file, bytes[done..], _offset + done);
            if (read == 0)
                throw new EndOfStreamException("A file with spilled tensors is shorter than what was written.");
            done += read;
        }
        return value.to(_device);
    }

}
