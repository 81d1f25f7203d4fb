using System.Buffers;
using System.Runtime.InteropServices;
using LlmKick.Transformers.Formats.Blocks;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Export.Gguf;

/// <summary>Turns rows into blocks, several at once.</summary>
internal static class RowEncoder
{
    // A thread's share: searching scales takes longer than decoding, so that shares are smaller and end together.
    private const int RangeElements = 1 << 14;

    /// <summary>The blocks of a contiguous float32 matrix; null where they would not give finite numbers back.</summary>
    public static unsafe byte[]? Encode(Tensor rows, BlockType type)
    {
        var (count, width) = ((int)rows.shape[0], (int)rows.shape[1]);
        var blocks = new byte[type.Length((long)count * width)];
        var (rangeRows, rowBytes) = (Math.Max(1, RangeElements / width), (int)type.Length(width));
        var areFinite = true;
        fixed (float* start = MemoryMarshal.Cast<byte, float>(rows.bytes))
        {
            // A lambda cannot capture a span; the pointer stays pinned until all ranges are done.
            var values = start;
            Parallel.For(0, (count + rangeRows - 1) / rangeRows, range =>
            {
                var first = range * rangeRows;
                var own = Math.Min(rangeRows, count - first);
                var written = blocks.AsSpan(first * rowBytes, own * rowBytes);
                type.Encode!(new ReadOnlySpan<float>(values + (long)first * width, own * width), written);
                if (!AreFinite(written, own * width, type))
                    areFinite = false;
            });
        }
        return areFinite ? blocks : null;
    }

    // Scales of blocks are halves: what they cannot hold is seen only in what the blocks give back.
    private static bool AreFinite(ReadOnlySpan<byte> blocks, int count, BlockType type)
    {
        var values = ArrayPool<float>.Shared.Rent(count);
        type.Decode(blocks, values.AsSpan(0, count));
        var areFinite = true;
        foreach (var value in values.AsSpan(0, count))
            areFinite &= float.IsFinite(value);
        ArrayPool<float>.Shared.Return(values);
        return areFinite;
    }
}
