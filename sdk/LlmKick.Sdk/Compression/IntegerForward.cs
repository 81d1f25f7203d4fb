using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>A linear computed with integers: y = s_x · s_w · Σ code_x · code_w, what is too large for the codes as floats.</summary>
internal static class IntegerForward
{
    // Of a token of zeros the scale is 0, and would be divided by.
    private const double LeastScale = 1e-30;

    /// <param name="input">[rows, inputs].</param>
    /// <param name="scheme">How inputs are rounded.</param>
    /// <param name="integers">The weight's integers.</param>
    /// <param name="weight">What they stand for, [outputs, inputs].</param>
    /// <returns>float32 [rows, outputs], owned by the caller's dispose scope.</returns>
    public static torch.Tensor Run(torch.Tensor input, ActivationScheme scheme, IntegerWeight integers, torch.Tensor weight)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var rows = input.to(torch.float32);
        var outliers = scheme.OutlierThreshold is { } threshold ? rows.abs().ge(Number.Of(threshold)) : null;
        var (codes, scales) = Round(outliers is null ? rows : rows.masked_fill(outliers, Number.Of(0)), scheme);
        var output = integers.Multiply(codes).to(torch.float32).mul_(scales).mul_(integers.Scales);
        if (outliers is not null)
            AddOutliers(output, rows, outliers, weight);
        return output.MoveToOuterDisposeScope();
    }

    /// <summary>The nearest codes, int8, and their scales, float32 [rows, 1]; halves go to even.</summary>
    private static (torch.Tensor Codes, torch.Tensor Scales) Round(torch.Tensor rows, ActivationScheme scheme)
    {
        var largest = rows.abs().amax([-1], keepdim: true);
        // What is no number stays none: a scale may not hide it.
        var scales = scheme.Scale is { } scale ? largest.mul(Number.Of(0)).add_(Number.Of(scale), Number.One)
            : largest.div(Number.Of(scheme.Highest)).clamp_min_(Number.Of(LeastScale));
        return ((rows / scales).round_().clamp_(Number.Of(-scheme.Highest), Number.Of(scheme.Highest)).nan_to_num_(0)
            .to(torch.int8), scales);
    }

    private static void AddOutliers(torch.Tensor output, torch.Tensor rows, torch.Tensor outliers, torch.Tensor weight)
    {
        var columns = outliers.any(0).nonzero().flatten();
        if (columns.shape[0] == 0)
            return;
        var large = rows.masked_fill(outliers.logical_not(), Number.Of(0)).index_select(1, columns);
        output.addmm_(large, weight.index_select(1, columns).to(torch.float32).t());
    }
}
