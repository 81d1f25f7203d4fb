using LlmKick.Transformers.Formats.Folders;

namespace LlmKick.Tests.Transformers.Export;

/// <summary>The tensors of a folder, as they lie in its files.</summary>
internal static class StoredTensors
{
    /// <summary>Types, shapes and bytes by name.</summary>
    public static Dictionary<string, (string Dtype, long[] Shape, byte[] Bytes)> Of(string folder)
    {
        using var files = TensorFolder.Open(folder);
        return files.Names.ToDictionary(name => name,
            name => (files.Describe(name).Dtype, files.Describe(name).Shape.ToArray(), files.Bytes(name).ToArray()));
    }

    /// <summary>Compares two folders; both must have the same names, types and shapes.</summary>
    /// <returns>The names of tensors whose bytes differ.</returns>
    public static List<string> Changed(string folder, string other)
    {
        var (before, after) = (Of(folder), Of(other));
        Assert.Equal(before.Keys.Order(StringComparer.Ordinal), after.Keys.Order(StringComparer.Ordinal));
        Assert.All(before, row => Assert.Equal((row.Value.Dtype, string.Join(',', row.Value.Shape)),
            (after[row.Key].Dtype, string.Join(',', after[row.Key].Shape))));
        return [.. before.Where(row => !row.Value.Bytes.AsSpan().SequenceEqual(after[row.Key].Bytes)).Select(row => row.Key)];
    }
}
