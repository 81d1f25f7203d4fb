using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Quantization;

/// <summary>The codes of a float format that are nearest to numbers; what is too large becomes the largest.</summary>
internal static class NearestCode
{
    /// <summary>The codes, int64, shaped like the numbers.</summary>
    public static Tensor Of(Tensor values, CodeFormat format)
    {
        using var scope = NewDisposeScope();
        var numbers = CodeValues.Of(format);
        var codes = format == CodeFormat.Nf4 ? Nearest(values, numbers, _ => false)
            : Signed(values, [.. numbers.Take(numbers.Count / 2).Where(float.IsFinite)], numbers.Count / 2);
        return codes.MoveToOuterDisposeScope();
    }

    private static Tensor Signed(Tensor values, IReadOnlyList<float> magnitudes, int sign)
    {
        var codes = Nearest(values.abs(), magnitudes, lower => lower % 2 == 1);
        return codes.add_(values.lt(Number.Of(0)).logical_and_(codes.ne(Number.Of(0))).to(ScalarType.Int64).mul_(Number.Of(sign)),
            Number.One);
    }

    /// <summary>Numbers ascend with their codes. A value halfway goes to the lower code, or where asked to the upper: to the even one in
    /// floats.</summary>
    private static Tensor Nearest(Tensor values, IReadOnlyList<float> numbers, Func<int, bool> upperWhenHalfway)
    {
        var limits = numbers.Zip(numbers.Skip(1)).Select((pair, lower) => (Middle: (pair.First + pair.Second) / 2, Lower: lower))
            .Select(limit => upperWhenHalfway(limit.Lower) ? MathF.BitDecrement(limit.Middle) : limit.Middle);
        return bucketize(values.contiguous(), tensor(limits.ToArray(), device: values.device));
    }
}
