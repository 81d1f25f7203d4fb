using LlmKick.Sdk.Files;
using Microsoft.Win32.SafeHandles;
using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>A tensor's place in a <see cref="SpillFile"/>.</summary>
public sealed class SpilledTensor
{
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
        TensorBytes.ForEachPart(value.to(torch.CPU).contiguous(), (part, start) => RandomAccess.Write(_file, part, _offset + start));
    }

    /// <summary>Reads it.</summary>
    /// <returns>On the device that the first value was on, owned by the caller's dispose scope.</returns>
    /// <exception cref="EndOfStreamException">The file was cut.</exception>
    public torch.Tensor Read()
    {
        using var scope = torch.NewDisposeScope();
        var value = torch.empty(_shape, _dtype);
        Fill(value);
        return value.to(_device).MoveToOuterDisposeScope();
    }

    /// <summary>Reads it into a tensor of its shape.</summary>
    /// <exception cref="EndOfStreamException">The file was cut.</exception>
    internal void ReadInto(torch.Tensor target)
    {
        if (target.device.type == DeviceType.CPU && target.dtype == _dtype && target.is_contiguous())
        {
            Fill(target);
            return;
        }
        using var value = Read();
        target.copy_(value);
    }

    private void Fill(torch.Tensor target) => TensorBytes.ForEachPart(target, (part, start) =>
    {
        for (var done = 0; done < part.Length;)
        {
            var read = RandomAccess.Read(_file, part[done..], _offset + start + done);
            if (read == 0)
                throw new EndOfStreamException("A file with spilled tensors is shorter than what was written.");
            done += read;
        }
    });
}
