using System.Runtime.InteropServices;
using LlmKick.Sdk.Tensors;

namespace LlmKick.Sdk.Solving;

/// <summary>
/// Finds the value at a rank without sorting: a histogram over the leading bits, then over the next bits of those that share them.
/// Floats ≥ 0 are ordered as their bits are.
/// </summary>
public static class RankSelection
{
    // 31 bits in three passes: the largest table, 2048 counters, stays in a core's first cache.
    private static readonly (int Shift, int Bits)[] Levels = [(20, 11), (10, 10), (0, 10)];

    /// <summary>Counters that a search of one row works with.</summary>
    public static int[] NewScratch() => new int[1 << Levels[0].Bits];

    /// <summary>The value at a rank of some rows.</summary>
    /// <param name="values">Values ≥ 0.</param>
    /// <param name="firstRow">The first of the rows.</param>
    /// <param name="endRow">The row after the last.</param>
    /// <param name="rank">0 is the lowest.</param>
    public static float Find(FloatMatrix values, int firstRow, int endRow, long rank)
    {
        uint prefix = 0;
        for (var level = 0; level < Levels.Length; level++)
        {
            var counts = NewScratch();
            CountRows(values, firstRow, endRow, counts, prefix, level);
            prefix = Narrow(counts, prefix, level, ref rank);
        }
        return BitConverter.UInt32BitsToSingle(prefix);
    }

    /// <summary>The value at a rank of one row, and how many of the values equal to it rank before it.</summary>
    /// <param name="values">Values ≥ 0.</param>
    /// <param name="rank">0 is the lowest.</param>
    /// <param name="scratch">Of <see cref="NewScratch"/>; changed.</param>
    public static (float Value, int Before) Find(ReadOnlySpan<float> values, long rank, int[] scratch)
    {
        uint prefix = 0;
        for (var level = 0; level < Levels.Length; level++)
        {
            Array.Clear(scratch);
            Count(values, scratch, prefix, level);
            prefix = Narrow(scratch, prefix, level, ref rank);
        }
        return (BitConverter.UInt32BitsToSingle(prefix), (int)rank);
    }

    private static void CountRows(FloatMatrix values, int firstRow, int endRow, int[] counts, uint prefix, int level) =>
        RowRange.Parallel(firstRow, endRow, values.Columns, (first, end) =>
        {
            var own = NewScratch();
            for (var row = first; row < end; row++)
                Count(values[row], own, prefix, level);
            lock (counts)
                for (var i = 0; i < counts.Length; i++)
                    counts[i] += own[i];
        });

    private static void Count(ReadOnlySpan<float> values, int[] counts, uint prefix, int level)
    {
        var (shift, bits) = Levels[level];
        var mask = (1u << bits) - 1;
        foreach (var value in MemoryMarshal.Cast<float, uint>(values))
            if (value >> shift >> bits == prefix)
                counts[(value >> shift) & mask]++;
    }

    /// <summary>Finds the bucket that holds the rank and makes the rank relative to it.</summary>
    private static uint Narrow(int[] counts, uint prefix, int level, ref long rank)
    {
        uint bucket = 0;
        for (; rank >= counts[bucket]; bucket++)
            rank -= counts[bucket];
        return (prefix << Levels[level].Bits) | bucket;
    }
}
