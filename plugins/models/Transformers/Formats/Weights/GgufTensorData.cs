using System.Runtime.InteropServices;
using LlmKick.Transformers.Formats.Gguf;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Formats.Weights;

/// <summary>Dequantises a tensor in parts of some rows, so that no float32 copy of the whole is made for another dtype.</summary>
internal static class GgufTensorData
{
    // 16 MB of float32, whatever the tensor's size.
    private const long PartElements = 1 << 22;
    // A thread's share: 256 kB of float32, which a core's cache holds.
    private const int RangeElements = 1 << 16;

    /// <param name="file">The file.</param>
    /// <param name="source">A tensor of it.</param>
    /// <param name="dtype">What it is read as.</param>
    /// <param name="slice">A place in the first dimension, for that slice alone; null for the whole.</param>
    public static Tensor Read(GgufFile file, GgufTensor source, ScalarType dtype, int? slice = null)
    {
        var tensor = empty([.. slice is null ? source.Shape : source.Shape.Skip(1)], dtype);
        using var rows = tensor.view(-1, source.RowLength);
        var (count, before) = (rows.shape[0], (slice ?? 0) * rows.shape[0]);
        var partRows = Math.Max(1, PartElements / source.RowLength);
        for (long first = 0; first < count; first += partRows)
        {
            using var part = rows.narrow(0, first, Math.Min(partRows, count - first));
            Fill(file, source, before + first, part);
        }
        return tensor;
    }

    private static void Fill(GgufFile file, GgufTensor source, long first, Tensor part)
    {
        if (part.dtype == ScalarType.Float32)
        {
            Decode(file, source, first, part);
            return;
        }
        using var decoded = empty(part.shape, ScalarType.Float32);
        Decode(file, source, first, decoded);
        part.copy_(decoded).Dispose();
    }

    private static unsafe void Decode(GgufFile file, GgufTensor source, long first, Tensor part)
    {
        var values = MemoryMarshal.Cast<byte, float>(part.bytes);
        var (rowLength, count) = ((int)source.RowLength, (int)part.shape[0]);
        var rangeRows = Math.Max(1, RangeElements / rowLength);
        fixed (float* start = values)
        {
            // A lambda cannot capture a span; the pointer stays pinned until all ranges are done.
            var target = start;
            Parallel.For(0, (count + rangeRows - 1) / rangeRows, range =>
            {
                var row = range * rangeRows;
                var rows = Math.Min(rangeRows, count - row);
                source.Type.Decode(file.Rows(source, first + row, rows), new Span<float>(target + (long)row * rowLength, rows * rowLength));
            });
        }
    }
}
