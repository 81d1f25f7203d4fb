using LlmKick.Quantization;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Tests.Quantization.Restatements;

/// <summary>The float formats beside restatements in float64 that know nothing of the plugin's code.</summary>
public sealed class FloatRestatementTests
{
    private const string Name = "mlp.down_proj";

    public static TheoryData<string> Methods => new("fp8-channel", "fp8-tensor", "nf4", "mxfp4");

    [Theory]
    [MemberData(nameof(Methods))]
    public void Compress_EveryWeight_IsWhatTheDefinitionSays(string method)
    {
        using var model = new TinyLlama(1);
        Spread(model.Weight(0, Name));
        var before = Rows(model.Weight(0, Name));
        Create(method).Run(model);
        var after = Rows(model.Weight(0, Name));
        var doubtful = 0;
        for (var row = 0; row < before.Length; row++)
            for (var column = 0; column < before[row].Length; column++)
            {
                var (weight, scale) = (before[row][column], Scale(method, before, row, column));
                if (RestatedFloats.Doubt(weight, scale, Numbers(method)) < 1e-5)
                    doubtful++;
                else
                    Assert.Equal(Round(method, weight, scale), after[row][column], 1e-6 * Math.Max(Math.Abs(weight), scale));
            }
        Assert.InRange(doubtful, 0, 4);
    }

    [Fact]
    public void CodeValues_OfEveryFormat_AreTheDefinitions()
    {
        Compare(CodeFormat.Nf4, RestatedFloats.Nf4, 1e-6);
        Compare(CodeFormat.Fp4E2M1, [.. RestatedFloats.E2M1, .. RestatedFloats.E2M1.Select(v => -v)], 0);
        Compare(CodeFormat.Fp8E4M3, [.. RestatedFloats.E4M3, double.NaN, .. RestatedFloats.E4M3.Select(v => -v), double.NaN], 0);
        Assert.Equal(448, RestatedFloats.E4M3.Max());
        Assert.Equal([0, 0.5, 1, 1.5, 2, 3, 4, 6], RestatedFloats.E2M1);

        static void Compare(CodeFormat format, double[] expected, double tolerance) =>
            Assert.All(expected.Zip(CodeValues.Of(format), (e, a) => (e, a)), pair => Assert.Equal(pair.e, (double)pair.a, tolerance));
    }

    private static double Scale(string method, double[][] weight, int row, int column) => method switch
    {
        "fp8-channel" => Largest(weight[row]) / 448,
        "fp8-tensor" => weight.Max(Largest) / 448,
        "nf4" => Largest(weight[row].Chunk(64).ElementAt(column / 64)),
        // OCP Microscaling Formats 1.0, section 6.3: the largest power of two ≤ the largest magnitude, over the element format's largest
        // power of two, 4.
        _ => Math.Pow(2, Math.Floor(Math.Log2(Largest(weight[row].Chunk(32).ElementAt(column / 32)))) - 2),
    };

    private static double Round(string method, double weight, double scale) => method == "nf4"
        ? scale * RestatedFloats.Nf4.MinBy(v => Math.Abs(v * scale - weight))
        : RestatedFloats.Round(weight, scale, method == "mxfp4" ? RestatedFloats.E2M1 : RestatedFloats.E4M3);

    private static IEnumerable<double> Numbers(string method) => method switch
    {
        "nf4" => RestatedFloats.Nf4,
        "mxfp4" => RestatedFloats.E2M1.Concat(RestatedFloats.E2M1.Skip(1).Select(v => -v)),
        _ => RestatedFloats.E4M3.Concat(RestatedFloats.E4M3.Skip(1).Select(v => -v)),
    };

    private static ICompressor Create(string method) => method switch
    {
        "fp8-channel" => new Fp8(new Fp8Options { Per = GridShare.Channel }),
        "fp8-tensor" => new Fp8(new Fp8Options { Per = GridShare.Tensor }),
        "nf4" => new Nf4(new FloatOptions()),
        _ => new Mxfp4(new FloatOptions()),
    };

    /// <summary>Some weights far smaller and larger, so that subnormal numbers and the largest ones come up.</summary>
    private static void Spread(torch.Tensor weight)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        using var random = new torch.Generator(9);
        weight.mul_(torch.exp(torch.randn(weight.shape, generator: random) * Number.Of(2)));
    }

    private static double Largest(double[] values) => values.Max(Math.Abs);

    private static double[][] Rows(torch.Tensor matrix) =>
        [.. matrix.to(torch.float64).data<double>().ToArray().Chunk((int)matrix.shape[1])];
}
