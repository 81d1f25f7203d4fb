using LlmKick.Transformers.Formats.Folders;
using LlmKick.Transformers.Formats.Gguf;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Inspection;

/// <summary>How many values of a tensor are zero, once they are unpacked.</summary>
internal static class ZeroCount
{
    // 4 MB of float32, whatever the tensor's size.
    private const int PartElements = 1 << 20;

    public static long Of(FolderWeights weights, string name)
    {
        using var values = weights.Read(name, ScalarType.Float32);
        return values.numel() - values.count_nonzero().item<long>();
    }

    public static long Of(GgufFile file, GgufTensor tensor)
    {
        var rows = Math.Max(1, PartElements / (int)Math.Min(tensor.RowLength, PartElements));
        long zeros = 0;
        for (long first = 0; first < tensor.Rows; first += rows)
        {
            var count = (int)Math.Min(rows, tensor.Rows - first);
            var values = new float[count * tensor.RowLength];
            tensor.Type.Decode(file.Rows(tensor, first, count), values);
            zeros += values.AsSpan().Count(0f);
        }
        return zeros;
    }
}
