using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;

namespace LlmKick.Sdk.Tensors;

/// <summary>Where a tensor's numbers lie.</summary>
internal static unsafe class TensorAddress
{
    /// <summary>The first byte of a contiguous tensor of at least one number in the CPU's memory, of any size: a span of all of it could
    /// not hold more than 2 GB.</summary>
    public static byte* Of(torch.Tensor tensor)
    {
        using var first = tensor.narrow(0, 0, 1);
        return (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(first.bytes));
    }
}
