using LlmKick.Runs.Records;
using LlmKick.Sdk.Compression;

namespace LlmKick.Tests.Runs;

public sealed class SizeRecordTests
{
    private const long Parameters = 10_000;

    [Fact]
    public void Of_Nothing_IsSixteenBits() => Assert.Equal((16, 20_000, 20_000, Parameters), Facts(SizeRecord.Of([], Parameters)));

    [Fact]
    public void Of_PrunedAnywhere_CountsWhatIsLeftAndAMask()
    {
        // 2,000 weights of which 500 are left in 16 bits, a bit for each of the 2,000, and 8,000 others.
        var size = SizeRecord.Of([Report("q", 0.75, new PrunedEncoding(null))], Parameters);
        Assert.Equal((5, (500 * 16 + 2_000 + 8_000 * 16) / 8, 20_000, 8_500), Facts(size));
        Assert.StartsWith("none, here or on common hardware", size.Speed, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_HardlyPruned_IsNoLargerThanDense() =>
        Assert.Equal(16, SizeRecord.Of([Report("q", 0.01, new PrunedEncoding(null))], Parameters).BitsPerWeight);

    [Fact]
    public void Of_Quantized_CountsWhatTheEncodingCounts() =>
        Assert.Equal((4.25, 17_063, 20_000, Parameters), Facts(SizeRecord.Of([Report("q", 0.1, Quantized(4.25))], Parameters)));

    [Fact]
    public void Of_PrunedThenQuantized_CountsTheLastForm_AndTheZeros()
    {
        var size = SizeRecord.Of([Report("q", 0.5, new PrunedEncoding("2:4")),
            Report("q", 0.5, Quantized(4.25) with { Pruned = new PrunedEncoding("2:4") })], Parameters);
        Assert.Equal((4.25, 17_063, 20_000, 9_000), Facts(size));
    }

    [Fact]
    public void Of_SomeLeftDense_IsTheirMean() => Assert.Equal((4.25 + 16) / 2,
        SizeRecord.Of([Report("q", 0, Quantized(4.25)), Report("o", 0, LinearEncoding.Dense)], Parameters).BitsPerWeight);

    private static (double Bits, double Bytes, long Dense, long NonZeros) Facts(SizeRecord size) =>
        (size.BitsPerWeight, size.Bytes, size.DenseBytes, size.NonZeros);

    private static QuantizedEncoding Quantized(double bits) =>
        new() { Format = CodeFormat.Integer, Bits = 4, GroupSize = 64, BitsPerWeight = bits };

    private static LinearReport Report(string linear, double sparsity, LinearEncoding encoding) => new()
    {
        Block = 0, Linear = linear, Shape = [20, 100], Zeros = (long)Math.Round(2_000 * sparsity), RelativeFrobenius = 0.1,
        Encoding = encoding, Seconds = 0,
    };
}
