using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Layers;

/// <summary>Prepares a forward pass that appends to a cache whose rows may be of unequal length.</summary>
internal static class CachedPass
{
    /// <param name="cache">The cache, before this pass.</param>
    /// <param name="rotary">The model's angles.</param>
    /// <param name="lengths">Tokens of each row that count.</param>
    /// <param name="length">Tokens of each row, padding included.</param>
    /// <param name="dtype">The model's.</param>
    public static ForwardPass Begin(KeyValueCache cache, RotaryTable rotary, ReadOnlySpan<int> lengths, long length, ScalarType dtype)
    {
        var starts = cache.Lengths;
        var longest = starts.Max();
        var even = starts.All(start => start == longest);
        var positions = Positions(cache, length);
        return new ForwardPass
        {
            Angles = even ? rotary.First(longest, length) : rotary.At(positions, longest + length),
            Cache = new CacheWriter(cache, lengths, length),
            HasHistory = longest > 0,
            Mask = longest == 0 || (even && length == 1) ? null : Mask(positions, cache.LongestAfter(lengths), dtype),
        };
    }

    private static Tensor Positions(KeyValueCache cache, long length)
    {
        var starts = tensor(cache.Lengths.Select(start => (long)start).ToArray(), device: cache.Device);
        return starts.unsqueeze(1).add(arange(Number.Of(0), Number.Of(length), Number.One, ScalarType.Int64, cache.Device), Number.One);
    }

    private static Tensor Mask(Tensor positions, long keys, ScalarType dtype)
    {
        var hidden = arange(Number.Of(0), Number.Of(keys), Number.One, ScalarType.Int64, positions.device) > positions.unsqueeze(-1);
        return zeros(hidden.shape, dtype, positions.device).masked_fill_(hidden, Number.Of(double.NegativeInfinity)).unsqueeze(1);
    }
}
