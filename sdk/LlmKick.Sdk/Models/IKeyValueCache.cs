namespace LlmKick.Sdk.Models;

/// <summary>Keys and values of sequences read so far. How they are stored is the model's affair.</summary>
public interface IKeyValueCache : IDisposable
{
    /// <summary>Tokens held of each row.</summary>
    IReadOnlyList<int> Lengths { get; }

    /// <summary>Makes a cache whose rows are copies of rows of this one; this one stays as it is.</summary>
    /// <param name="rows">For each new row the row it copies.</param>
    /// <param name="capacity">Most tokens a sequence of the new cache will hold.</param>
    IKeyValueCache Select(ReadOnlySpan<int> rows, int capacity);
}
