using LlmKick.Sdk.Models;

namespace LlmKick.Sdk.Testing;

/// <summary>The tokens read so far, in the place of keys and values.</summary>
internal sealed class TokenHistory(long[][] rows, int capacity) : IKeyValueCache
{
    public IReadOnlyList<int> Lengths => [.. rows.Select(row => row.Length)];

    /// <summary>Adds tokens to a row and gives back all it has.</summary>
    public long[] Append(int row, long[] tokens)
    {
        rows[row] = [.. rows[row], .. tokens];
        return rows[row].Length <= capacity
            ? rows[row]
            : throw new InvalidOperationException($"{rows[row].Length} tokens do not fit a cache for {capacity}.");
    }

    public IKeyValueCache Select(ReadOnlySpan<int> chosen, int newCapacity)
    {
        var copies = new long[chosen.Length][];
        for (var i = 0; i < copies.Length; i++)
            copies[i] = rows[chosen[i]];
        return new TokenHistory(copies, newCapacity);
    }

    public void Dispose()
    {
    }
}
