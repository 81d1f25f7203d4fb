using static TorchSharp.torch;

namespace LlmKick.Sdk.Files;

/// <summary>The bytes of tensors, in parts that fit a span.</summary>
public static class TensorBytes
{
    // A span ends at 2^31 − 1 elements; no copy is made of a part, so that any length below serves.
    private const long PartLength = 1 << 28;

    internal delegate void PartAction(Span<byte> part, long offset);

    /// <summary>Writes a tensor's values as they lie in memory, row after row.</summary>
    /// <param name="stream">Takes them.</param>
    /// <param name="tensor">On any device.</param>
    public static void WriteTo(Stream stream, Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensor);
        using var scope = NewDisposeScope();
        ForEachPart(tensor.detach().cpu().contiguous(), (part, _) => stream.Write(part));
    }

    /// <summary>Hands out the parts of a contiguous tensor in the CPU's memory.</summary>
    internal static void ForEachPart(Tensor tensor, PartAction action)
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
