using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Sdk.Solving;

/// <summary>Shrinks the range of every group's grid and keeps what changes its weights least, as GPTQ's reference code does.</summary>
internal static class RangeSearch
{
    // grid, maxshrink and norm of the reference code's quant.py.
    private const int Steps = 100;
    private const double MostShrinkage = 0.8;
    private const double Norm = 2.4;

    public static IntegerGrid Best(Tensor groups, QuantizationScheme scheme, Tensor low, Tensor high)
    {
        using var scope = NewDisposeScope();
        var best = IntegerGrid.Over(low, high, scheme);
        var least = full_like(best.Scales, Number.Of(float.PositiveInfinity));
        for (var step = 0; step < (int)(MostShrinkage * Steps); step++)
        {
            using var inner = NewDisposeScope();
            var share = 1 - (double)step / Steps;
            var grid = IntegerGrid.Over(low * Number.Of(share), high * Number.Of(share), scheme);
            var error = grid.Round(groups).sub_(groups).abs_().pow_(Number.Of(Norm)).sum(-1);
            var better = error.lt(least);
            least.copy_(where(better, error, least));
            best.Scales.copy_(where(better, grid.Scales, best.Scales));
            best.Zeros.copy_(where(better, grid.Zeros, best.Zeros));
        }
        scope.MoveToOuter(best.Scales, best.Zeros);
        return best;
    }
}
