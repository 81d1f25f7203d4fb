using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>Lower triangular matrices.</summary>
internal static class Triangular
{
    // Below it one call costs less than the calls on its quarters.
    private const long Small = 128;

    /// <summary>The inverse. Halves the matrix until it is small: a third of the work of solving for the identity.</summary>
    /// <param name="lower">[n, n], lower triangular.</param>
    public static torch.Tensor Inverse(torch.Tensor lower)
    {
        var inverse = torch.zeros_like(lower);
        Invert(lower, inverse);
        return inverse;
    }

    private static void Invert(torch.Tensor lower, torch.Tensor inverse)
    {
        using var scope = torch.NewDisposeScope();
        var size = lower.shape[0];
        if (size <= Small)
        {
            var identity = torch.eye(size, dtype: lower.dtype, device: lower.device);
            inverse.copy_(torch.linalg.solve_triangular(lower, identity, upper: false));
            return;
        }
        var half = size / 2;
        var (first, second) = (Part(inverse, 0, 0, half), Part(inverse, half, half, size));
        Invert(Part(lower, 0, 0, half), first);
        Invert(Part(lower, half, half, size), second);
        Part(inverse, half, 0, size, half).copy_(second.mm(Part(lower, half, 0, size, half)).mm(first).neg_());
    }

    private static torch.Tensor Part(torch.Tensor matrix, long row, long column, long end) => Part(matrix, row, column, end, end);

    private static torch.Tensor Part(torch.Tensor matrix, long row, long column, long endRow, long endColumn) =>
        matrix.narrow(0, row, endRow - row).narrow(1, column, endColumn - column);
}
