using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>Inverts damped Hessians through one Cholesky factorisation.</summary>
internal static class DampedInverse
{
    // Damping as large as the mean of the diagonal leaves little of the correlations: what still fails is no Hessian.
    private const double LargestDamping = 1;
    // What follows a damping of 0, which no factor enlarges.
    private const double FirstStep = 1e-4;

    /// <summary>The upper Cholesky factor of the inverse and the damping it took, or null where no damping suffices.</summary>
    /// <remarks>
    /// With rows and columns in reverse order, the lower factor L of H becomes the upper R with H = R·Rᵀ.
    /// Then H⁻¹ = R⁻ᵀR⁻¹, so R⁻¹ is the factor that is wanted: no second factorisation.
    /// </remarks>
    public static (torch.Tensor Factor, double Damping)? Factor(torch.Tensor hessian, double damping)
    {
        using var scope = torch.NewDisposeScope();
        var reversed = hessian.flip(0, 1);
        var diagonal = reversed.diagonal();
        diagonal.masked_fill_(diagonal.eq(Number.Of(0)), Number.Of(1));
        var undamped = diagonal.clone();
        for (var mean = undamped.mean(); damping <= LargestDamping; damping = Math.Max(damping * 10, FirstStep))
        {
            diagonal.copy_(undamped.add(mean * Number.Of(damping), Number.One));
            if (Invert(reversed) is { } inverse)
                return (inverse.MoveToOuterDisposeScope(), damping);
        }
        return null;
    }

    private static torch.Tensor? Invert(torch.Tensor reversed)
    {
        using var scope = torch.NewDisposeScope();
        var (lower, info) = torch.linalg.cholesky_ex(reversed);
        if (info.item<int>() != 0)
            return null;
        var inverse = Triangular.Inverse(lower).flip(0, 1);
        return inverse.isfinite().all().item<bool>() ? inverse.MoveToOuterDisposeScope() : null;
    }
}
