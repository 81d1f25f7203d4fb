using System.IO.Compression;

namespace LlmKick.Tests.Transformers.Fuzzing;

/// <summary>PyTorch checkpoints with another list of tensors in a valid archive, and any file with other bytes here and there.</summary>
internal static class PickleMutation
{
    private const string Entry = "archive/data.pkl";

    public static byte[] List(byte[] valid, Random random)
    {
        using var stream = new MemoryStream();
        using (var from = new ZipArchive(new MemoryStream(valid)))
        using (var to = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var entry in from.Entries)
                Copy(entry, to, random);
        return stream.ToArray();
    }

    public static byte[] Data(byte[] valid, Random random)
    {
        var mutant = valid.ToArray();
        for (var changes = 1 + random.Next(8); changes > 0; changes--)
            mutant[random.Next(mutant.Length)] = (byte)random.Next(256);
        return mutant;
    }

    private static void Copy(ZipArchiveEntry entry, ZipArchive to, Random random)
    {
        using var from = entry.Open();
        using var content = new MemoryStream();
        from.CopyTo(content);
        using var copy = to.CreateEntry(entry.FullName, CompressionLevel.NoCompression).Open();
        copy.Write(entry.FullName == Entry ? Mutation.Of(content.ToArray(), (int)content.Length, random.Next()) : content.ToArray());
    }
}
