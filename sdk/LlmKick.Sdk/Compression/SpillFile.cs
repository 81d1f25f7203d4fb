using Microsoft.Win32.SafeHandles;
using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>A file for tensors that memory is too small for. It vanishes with the process, and is made when the first tensor
/// comes.</summary>
/// <param name="folder">Where it is made.</param>
public sealed class SpillFile(string folder) : IDisposable
{
    private SafeFileHandle? _file;

    /// <summary>Bytes in it.</summary>
    public long Bytes { get; private set; }

    /// <summary>Writes a tensor, which the caller keeps.</summary>
    /// <param name="value">Of any shape, dtype and device.</param>
    /// <returns>Its place.</returns>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written.</exception>
    public SpilledTensor Add(torch.Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _file ??= Create();
        var place = new SpilledTensor(_file, Bytes, value);
        place.Write(value);
        Bytes += value.numel() * value.ElementSize;
        return place;
    }

    /// <summary>Closes and removes it.</summary>
    public void Dispose() => _file?.Dispose();

    private SafeFileHandle Create()
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"llmkick-spilled-{Guid.NewGuid():N}");
        var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, FileOptions.DeleteOnClose);
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        return handle;
    }
}
