using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;

namespace LlmKick.Sdk.Tensors.Integers;

/// <summary>Products of 8-bit integers in the CPU's memory, added up in 32 bits: exact.</summary>
internal static unsafe class IntegerProduct
{
    /// <summary>Inputs up to which no sum can leave 32 bits.</summary>
    public const int MostInputs = int.MaxValue / (128 * 255);

    // Activations that stay in a core's cache while all weights pass.
    private const int CachedIntegers = 128 << 10;

    /// <summary>Σ activation · (code − zero).</summary>
    /// <param name="activations">int8 [rows, inputs], contiguous.</param>
    /// <param name="codes">uint8 [outputs, inputs], contiguous.</param>
    /// <param name="zeros">Each output's code of zero, or one for all.</param>
    /// <param name="kernel">The instructions to use; the best unless given.</param>
    /// <returns>int32 [rows, outputs], owned by the caller's dispose scope.</returns>
    public static torch.Tensor Multiply(torch.Tensor activations, torch.Tensor codes, byte[] zeros, IntegerKernel? kernel = null)
    {
        var (rows, inputs, outputs) = ((int)activations.shape[0], (int)activations.shape[1], (int)codes.shape[0]);
        var sums = torch.empty(rows, outputs, dtype: torch.int32);
        using var left = new IntegerRows(rows, inputs);
        var data = (sbyte*)DataOf(activations);
        for (var row = 0; row < rows; row++)
            left.Set(row, data + (long)row * inputs);
        var (from, to) = ((nint)DataOf(codes), (nint)DataOf(sums));
        RowRange.Parallel(0, outputs, (int)Math.Min((long)rows * inputs, int.MaxValue), (first, end) =>
            Multiply(left, rows, (byte*)from, zeros, (int*)to, (first, end, outputs), kernel ?? IntegerKernel.Supported[0]));
        return sums;
    }

    private static void Multiply(IntegerRows left, int rows, byte* codes, byte[] zeros, int* sums, (int First, int End, int All) outputs,
        IntegerKernel kernel)
    {
        using var weight = new IntegerRows(1, left.Columns);
        var atOnce = Math.Max(1, CachedIntegers / left.Length / IntegerKernel.RowsAtOnce) * IntegerKernel.RowsAtOnce;
        for (var row = 0; row < rows; row += atOnce)
            for (var output = outputs.First; output < outputs.End; output++)
            {
                weight.Set(0, codes + (long)output * left.Columns, zeros[zeros.Length == 1 ? 0 : output]);
                kernel.Run(weight[0], left[row], left.Length, sums + (long)row * outputs.All + output, Math.Min(atOnce, rows - row),
                    outputs.All);
            }
    }

    private static void* DataOf(torch.Tensor tensor)
    {
        using var first = tensor.view(-1).narrow(0, 0, 1);
        return Unsafe.AsPointer(ref MemoryMarshal.GetReference(first.bytes));
    }
}
