using System.IO.Compression;
using TorchSharp;

namespace LlmKick.Tests.Transformers.Formats.PyTorch;

/// <summary>Archives as torch.save writes them.</summary>
internal static class TorchArchive
{
    /// <summary>Writes a dictionary of tensors, each in a storage of its own.</summary>
    public static void Write(string path, IReadOnlyDictionary<string, torch.Tensor> tensors)
    {
        var list = new PickleWriter().EmptyOrderedDict().Op('(');
        foreach (var (i, (name, tensor)) in tensors.Index())
            list.Text(name).Whole(tensor, i.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Write(path, list.Op('u').ToArray(), [.. tensors.Values.Select(tensor => tensor.bytes.ToArray())]);
    }

    /// <summary>Writes a list and the data of storages 0, 1, ….</summary>
    public static void Write(string path, byte[] list, params byte[][] data)
    {
        using var archive = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        Add(archive, "archive/data.pkl", list);
        Add(archive, "archive/byteorder", "little"u8.ToArray());
        foreach (var (i, bytes) in data.Index())
            Add(archive, $"archive/data/{i}", bytes);
        Add(archive, "archive/version", "3\n"u8.ToArray());
    }

    private static void Add(ZipArchive archive, string name, byte[] content)
    {
        using var entry = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
        entry.Write(content);
    }
}
