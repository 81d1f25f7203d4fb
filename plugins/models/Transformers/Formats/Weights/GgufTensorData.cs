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

    public static Tensor Read(GgufFile file, GgufTensor source, ScalarType dtype)
    {
        var tensor = empty(source.Shape, dtype);
        using var rows = tensor.view(source.Rows, source.RowLength);
        var partRows = Math.Max(1, PartElements / source.RowLength);
        for (long first = 0; first < source.Rows; first += partRows)
        {
            using var part = rows.narrow(0, first, Math.Min(partRows, source.Rows - first));
            Fill(file, source, first, part);
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
