using LlmKick.Quantization;
using LlmKick.Sdk.Compression;
using TorchSharp;

namespace LlmKick.Tests.Quantization.Restatements;

/// <summary>LLM.int8() (Dettmers et al., arXiv 2208.07339) beside a restatement in float64 of its equations 6 to 8.</summary>
public sealed class LlmInt8RestatementTests
{
    private const string Name = "mlp.down_proj";

    [Theory]
    [InlineData(6.0)]
    [InlineData(1.5)]
    [InlineData(1000.0)]
    public void Forward_WithOutliers_IsWhatTheEquationsSay(double threshold)
    {
        using var scope = torch.NewDisposeScope();
        using var model = new TinyLlama(1);
        var weight = Rows(model.Weight(0, Name));
        new LlmInt8(new LlmInt8Options { Threshold = threshold }).Run(model);
        var input = Input();
        var output = Rows(model.Linears.Single(l => l.Name == Name).Forward(input));
        var codes = weight.Select(row => row.Select(w => Math.Round(w / row.Max(Math.Abs) * 127)).ToArray()).ToArray();
        foreach (var (x, y) in Rows(input).Zip(output))
        {
            var step = x.Where(v => Math.Abs(v) < threshold).Max(Math.Abs) / 127;
            for (var o = 0; o < weight.Length; o++)
            {
                var rowScale = weight[o].Max(Math.Abs) / 127;
                var sum = x.Select((v, k) => Math.Abs(v) < threshold ? Math.Round(v / step) * codes[o][k] : 0).Sum();
                var large = x.Select((v, k) => Math.Abs(v) < threshold ? 0 : v * codes[o][k]).Sum();
                Assert.Equal((sum * step + large) * rowScale, y[o], 2e-5 * x.Max(Math.Abs));
            }
        }
    }

    private static torch.Tensor Input()
    {
        using var random = new torch.Generator(12);
        var input = torch.randn([9, TinyLlama.Inner], generator: random);
        input[2, 5] = 6f;
        input[3, 7] = -40f;
        input[4, 7] = 5.9f;
        input[5, 60] = 25f;
        input[5, 61] = -6.5f;
        return input;
    }

    private static double[][] Rows(torch.Tensor matrix) =>
        [.. matrix.to(torch.float64).data<double>().ToArray().Chunk((int)matrix.shape[1])];
}
