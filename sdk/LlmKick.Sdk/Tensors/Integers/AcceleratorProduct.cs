using TorchSharp;

namespace LlmKick.Sdk.Tensors.Integers;

/// <summary>The product on an accelerator, by libtorch's own 8-bit product; TorchSharp has no name for it, TorchScript does.</summary>
internal static class AcceleratorProduct
{
    // _int_mm refuses 16 rows and fewer.
    private const int LeastRows = 32;
    private const int Multiple = 8;
    private static readonly Lazy<torch.jit.CompilationUnit> Script =
        new(() => torch.jit.compile("def multiply(a, b):\n  return torch._int_mm(a, b)\n"));

    /// <summary>Σ left · right.</summary>
    /// <param name="left">int8 [rows, inputs].</param>
    /// <param name="right">int8 [outputs, inputs].</param>
    /// <returns>int32 [rows, outputs], owned by the caller's dispose scope.</returns>
    public static torch.Tensor Multiply(torch.Tensor left, torch.Tensor right)
    {
        using var scope = torch.NewDisposeScope();
        var (rows, outputs) = (left.shape[0], right.shape[0]);
        var sums = (torch.Tensor)Script.Value.invoke("multiply", Fill(left, LeastRows), Fill(right, Multiple).t());
        return sums.narrow(0, 0, rows).narrow(1, 0, outputs).contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>Zeros below and to the right: cuBLAS takes multiples of 8 and no few rows.</summary>
    private static torch.Tensor Fill(torch.Tensor matrix, long rows)
    {
        long Missing(long size, long multiple) => (multiple - size % multiple) % multiple;
        var (below, right) = (Missing(matrix.shape[0], rows), Missing(matrix.shape[1], Multiple));
        return below + right == 0 ? matrix : torch.nn.functional.pad(matrix, [0, right, 0, below]);
    }
}
