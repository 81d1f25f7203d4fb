using static TorchSharp.torch;

namespace LlmKick.Sdk.Files;

/// <summary>The bytes of a contiguous CPU tensor in parts that fit a span.</summary>
internal static class TensorBytes
{
    private const long PartLength = 1 << 28;

    internal delegate void PartAction(Span<byte> part, long offset);

    public static void ForEachPart(Tensor tensor, PartAction action)
    {
        using var flat = tensor.view(-1);
        var (count, size) = (flat.numel(), tensor.element_size());
        for (long first = 0; first < count; first += PartLength / size)
        {
            using var part = flat.narrow(0, first, Math.Min(PartLength / size, count - first));
            action(part.bytes, first * size);
        }
    }
}
