using LlmKick.Pruning;
using LlmKick.Quantization;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;

namespace LlmKick.Tests.Pruning;

/// <summary>Calibration sequences of unequal lengths count as they are, one by one: nothing that fills them up does.</summary>
public sealed class UnequalSequencesTests
{
    private const int Short = 17;
    private static readonly IReadOnlyList<int[]> Whole = TinyLlama.Calibration(sequences: 4, length: 40).Sequences;

    // No two of one length follow one another, so that each is run by itself.
    private static readonly int[][] Single = [Whole[0], Whole[1][..Short], Whole[2], Whole[3][..Short]];

    public static TheoryData<string> Methods => ["wanda", "gptq", "sparsegpt", "awq"];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Compress_SequencesRunTogether_IsThatOfEachByItself(string method)
    {
        var alone = Compressed(method, Single);
        Assert.Equal(0, Difference(alone, Compressed(method, [Single[0], Single[2], Single[1], Single[3]])), 1e-4);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Compress_Padding_WouldChangeIt(string method)
    {
        int[][] padded = [.. Single.Select(sequence => (int[])[.. sequence, .. new int[40 - sequence.Length]])];
        Assert.NotInRange(Difference(Compressed(method, Single), Compressed(method, padded)), 0, 1e-2);
    }

    [Fact]
    public void Statistics_OfUnequalSequences_HaveTheirTokensAndSquares()
    {
        using var model = new TinyLlama(1);
        var seen = new List<(long Tokens, float First)>();
        BlockwisePass.Run(model, InputStatistics.ColumnSquares | InputStatistics.Inputs, (group, statistics, _) =>
        {
            if (group.Linears[0].Name.EndsWith("q_proj", StringComparison.Ordinal))
                seen.Add((statistics.Tokens, statistics.ColumnSquares[0].item<float>()));
            var squares = statistics.Inputs.Sum(input => input.flatten(0, -2)[.., 0].pow(Number.Of(2)).sum().item<float>()) / Single.Length;
            Assert.Equal(squares, statistics.ColumnSquares[0].item<float>(), 1e-3f * squares);
        }, TestContexts.Compression(new CalibrationSet(Single)));
        Assert.All(seen, one => Assert.Equal(40 + Short + 40 + Short, one.Tokens));
        Assert.NotEmpty(seen);
    }

    private static float[][] Compressed(string method, IReadOnlyList<int[]> sequences)
    {
        using var model = new TinyLlama(2);
        ICompressor compressor = method switch
        {
            "wanda" => new Wanda(new PruningOptions { Sparsity = 0.5 }),
            "sparsegpt" => new SparseGpt(new SparseGptOptions { Sparsity = 0.5 }),
            "awq" => new Awq(new AwqOptions { Bits = 3, GroupSize = 16 }),
            _ => new Gptq(new GptqOptions { Bits = 3, GroupSize = 16 }),
        };
        compressor.Run(model, new CalibrationSet(sequences));
        return [.. new[] { 0, 1 }.Select(block => model.Weight(block, "mlp.down_proj").data<float>().ToArray())];
    }

    /// <summary>The share of weights that are not the same.</summary>
    private static double Difference(float[][] one, float[][] other) => one.Zip(other)
        .SelectMany(block => block.First.Zip(block.Second, (a, b) => Math.Abs(a - b) > 1e-3 ? 1.0 : 0)).Average();
}
