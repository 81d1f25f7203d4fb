using TorchSharp;

namespace LlmKick.Sdk.Models.Scheduling;

/// <summary>Rows of tokens as one padded tensor.</summary>
internal static class TokenRows
{
    /// <summary>Most tokens, padding included, that are read in one forward pass.</summary>
    public const int Budget = 4096;

    /// <summary>Copies rows into an int64 tensor [rows, longest], padded with id 0.</summary>
    public static torch.Tensor ToTensor(IReadOnlyList<ReadOnlyMemory<int>> rows, torch.Device device)
    {
        var longest = rows.Max(row => row.Length);
        var padded = new long[rows.Count * longest];
        for (var r = 0; r < rows.Count; r++)
            for (var i = 0; i < rows[r].Length; i++)
                padded[r * longest + i] = rows[r].Span[i];
        return torch.tensor(padded, [rows.Count, longest], device: device);
    }

    /// <summary>The rows' lengths.</summary>
    public static int[] Lengths(IReadOnlyList<ReadOnlyMemory<int>> rows) => [.. rows.Select(row => row.Length)];

    /// <summary>Cuts items into batches whose padded size stays within a budget; an item that alone exceeds it stands alone.</summary>
    public static IEnumerable<List<T>> Cut<T>(IEnumerable<T> items, Func<T, int> length, int budget, int mostRows = int.MaxValue)
    {
        var batch = new List<T>();
        var longest = 0;
        foreach (var item in items)
        {
            var grown = Math.Max(longest, length(item));
            if (batch.Count > 0 && ((long)grown * (batch.Count + 1) > budget || batch.Count == mostRows))
            {
                yield return batch;
                (batch, grown) = ([], length(item));
            }
            batch.Add(item);
            longest = grown;
        }
        if (batch.Count > 0)
            yield return batch;
    }
}
