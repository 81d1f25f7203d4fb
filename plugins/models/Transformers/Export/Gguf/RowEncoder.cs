using System.Runtime.InteropServices;
using LlmKick.Transformers.Formats.Blocks;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Export.Gguf;

/// <summary>Turns rows into blocks, several at once.</summary>
internal static class RowEncoder
{
    private const int RangeElements = 1 << 14;

    /// <summary>The blocks of a contiguous float32 matrix.</summary>
    public static unsafe byte[] Encode(Tensor rows, BlockType type)
    {
        var (count, width) = ((int)rows.shape[0], (int)rows.shape[1]);
        var blocks = new byte[type.Length((long)count * width)];
        var (rangeRows, rowBytes) = (Math.Max(1, RangeElements / width), (int)type.Length(width));
        fixed (float* start = MemoryMarshal.Cast<byte, float>(rows.bytes))
        {
            // A lambda cannot capture a span; the pointer stays pinned until all ranges are done.
            var values = start;
            Parallel.For(0, (count + rangeRows - 1) / rangeRows, range =>
            {
                var first = range * rangeRows;
                var own = Math.Min(rangeRows, count - first);
                type.Encode!(new ReadOnlySpan<float>(values + (long)first * width, own * width), blocks.AsSpan(first * rowBytes, own * rowBytes));
            });
        }
        return blocks;
    }
}
