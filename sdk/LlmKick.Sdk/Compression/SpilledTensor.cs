using Microsoft.Win32.SafeHandles;
using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>A place in a file for tensors of one shape, dtype and device.</summary>
/// <param name="file">The file.</param>
/// <param name="offset">Where the place begins.</param>
/// <param name="like">Has the shape, dtype and device.</param>
internal sealed class SpilledTensor(SafeFileHandle file, long offset, torch.Tensor like)
{
    private readonly long[] _shape = like.shape;
    private readonly torch.ScalarType _dtype = like.dtype;
    private readonly torch.Device _device = like.device;

    public void Write(torch.Tensor value)
    {
        using var scope = torch.NewDisposeScope();
        RandomAccess.Write(file, value.to(torch.CPU).contiguous().bytes, offset);
    }

    public torch.Tensor Read()
    {
        var value = torch.empty(_shape, _dtype);
        var bytes = value.bytes;
        for (var done = 0; done < bytes.Length;)
        {
            var read = RandomAccess.Read(file, bytes[done..], offset + done);
            if (read == 0)
                throw new EndOfStreamException("The file with spilled activations is shorter than what was written.");
            done += read;
        }
        return value.to(_device);
    }
}
