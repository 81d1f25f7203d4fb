using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Sdk.Solving;

/// <summary>Scales and zeros of an integer grid for every row and group, as GPTQ's reference code finds them: scale = (high − low) /
/// (2^bits − 1) and zero = ⌊−low / scale⌉, low and high being the ends of the group's weights (Frantar et al., arXiv 2210.17323; its
/// <c>quant.py</c>).</summary>
/// <param name="Scheme">What the grid is like.</param>
/// <param name="Scales">float32 [rows, groups].</param>
/// <param name="Zeros">The codes of zero, whole numbers in float32 [rows, groups].</param>
public sealed record IntegerGrid(QuantizationScheme Scheme, Tensor Scales, Tensor Zeros)
{
    // As AWQ's reference code has it: a group of zeros would be divided by 0.
    private const double LeastScale = 1e-5;

    /// <summary>The grid over the range of some weights.</summary>
    /// <param name="groups">[rows, groups, size], float32.</param>
    /// <param name="scheme">What the grid is to be like.</param>
    /// <returns>Owned by the caller's dispose scope.</returns>
    public static IntegerGrid Fit(Tensor groups, QuantizationScheme scheme)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(scheme);
        using var scope = NewDisposeScope();
        var (low, high) = Range(groups, scheme);
        var grid = scheme.Mse ? RangeSearch.Best(groups, scheme, low, high) : Over(low, high, scheme);
        scope.MoveToOuter(grid.Scales, grid.Zeros);
        return grid;
    }

    /// <summary>The grid between a low and a high end.</summary>
    internal static IntegerGrid Over(Tensor low, Tensor high, QuantizationScheme scheme)
    {
        var scales = (high - low).div_(Number.Of(scheme.Highest));
        if (!scheme.IncludesZero)
            scales.clamp_min_(Number.Of(LeastScale));
        scales = Rounded(scales, scheme.ScaleType);
        var zeros = scheme.Symmetric ? full_like(scales, Number.Of(1 << (scheme.Bits - 1)))
            : (low.neg() / scales).round_().clamp_(Number.Of(0), Number.Of(scheme.Highest));
        return new IntegerGrid(scheme, scales, zeros);
    }

    private static Tensor Rounded(Tensor scales, ScaleType type) => type switch
    {
        // The least half above zero: a scale of 0 would divide by it.
        ScaleType.Float16 => scales.clamp_min(Number.Of(5.9604645e-8)).to_type(ScalarType.Float16).to_type(ScalarType.Float32),
        ScaleType.Bfloat16 => scales.to_type(ScalarType.BFloat16).to_type(ScalarType.Float32),
        _ => scales,
    };

    /// <summary>The nearest codes, clamp(⌊w / scale⌉ + zero, 0, 2^bits − 1).</summary>
    /// <param name="groups">[rows, groups, size], float32.</param>
    /// <returns>Whole numbers in float32, shaped like the weights; owned by the caller's dispose scope.</returns>
    public Tensor Codes(Tensor groups) => (groups / Scales.unsqueeze(-1)).round_().add_(Zeros.unsqueeze(-1), Number.One)
        .clamp_(Number.Of(0), Number.Of(Scheme.Highest));

    /// <summary>The weights rounded to the grid, scale · (code − zero).</summary>
    /// <param name="groups">[rows, groups, size], float32.</param>
    /// <returns>Shaped like the weights; owned by the caller's dispose scope.</returns>
    public Tensor Round(Tensor groups) => Codes(groups).sub_(Zeros.unsqueeze(-1)).mul_(Scales.unsqueeze(-1));

    /// <summary>A quantized weight.</summary>
    /// <param name="codes">Whole numbers in float32, [rows, columns].</param>
    /// <param name="linear">The linear that it is for.</param>
    /// <param name="columnGroups">Each column's group, where they are not in order.</param>
    /// <param name="pruned">The form of zeros that were made now; an earlier method's unless given.</param>
    public QuantizedWeight Pack(Tensor codes, Linear linear, Tensor? columnGroups = null, PrunedEncoding? pruned = null)
    {
        ArgumentNullException.ThrowIfNull(codes);
        ArgumentNullException.ThrowIfNull(linear);
        var type = Scheme.Bits <= 8 ? ScalarType.Byte : ScalarType.Int32;
        return new QuantizedWeight(Scheme.Encoding(pruned ?? linear.Encoding.AsValues as PrunedEncoding), codes.to(type), Scales,
            Scheme.Symmetric ? null : Zeros.to(type), columnGroups);
    }

    private static (Tensor Low, Tensor High) Range(Tensor groups, QuantizationScheme scheme)
    {
        var (low, high) = (groups.amin([-1]), groups.amax([-1]));
        if (!scheme.IncludesZero)
            return (low, high);
        (low, high) = (low.clamp_max_(Number.Of(0)), high.clamp_min_(Number.Of(0)));
        if (scheme.Symmetric)
            (low, high) = (low.neg().maximum(high).neg_(), low.neg().maximum(high));
        var empty = low.eq(Number.Of(0)).logical_and_(high.eq(Number.Of(0)));
        return (low.masked_fill_(empty, Number.Of(-1)), high.masked_fill_(empty, Number.Of(1)));
    }
}
