using LlmKick.Quantization;
using LlmKick.Quantization.Kernels;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Solving;
using LlmKick.Sdk.Tensors;
using LlmKick.Tests.Pruning;
using TorchSharp;

namespace LlmKick.Tests.Quantization;

public sealed class GptqTests
{
    private const int Columns = 84;

    [Theory]
    [InlineData(3, 21, 28)]
    [InlineData(4, 28, 28)]
    [InlineData(4, 14, 128)]
    [InlineData(8, 84, 14)]
    [InlineData(4, 32, 16)]
    public void Solve_Groups_EqualTheNaiveForm(int bits, int groupSize, int blockSize)
    {
        using var scope = torch.NewDisposeScope();
        var (weight, upper) = Problem();
        var expected = Rows(weight);
        NaiveGptq.Quantize(expected, Rows(upper), bits, groupSize, blockSize);
        var (codes, grid) = new GptqSolver(new QuantizationScheme(bits, groupSize), blockSize).Solve(weight, upper);
        Assert.Equal(0, Distance(expected, Decode(codes, grid)), 1e-4);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Solve_BothForms_GiveTheSameCodes(bool masked)
    {
        using var scope = torch.NewDisposeScope();
        var (weight, upper) = Problem();
        var groups = Enumerable.Range(0, Columns).Select(c => c / 21).ToArray();
        var grid = IntegerGrid.Fit(ColumnSplit.Cut(weight, 21), new QuantizationScheme(4, 21));
        var kept = masked ? weight.gt(Number.Of(0)).to(torch.float32) : null;
        var one = new GptqColumns(weight.clone(), upper, kept, grid, groups, torch.empty_like(weight));
        var other = one with { Weight = weight.clone(), Codes = torch.empty_like(weight) };
        var errors = GptqKernels.Solve(one, 0, Columns);
        Assert.Equal(0, (errors - GptqKernels.SolveAsTensors(other, 0, Columns)).abs().max().item<float>(), 1e-4f);
        Assert.Equal(one.Codes.data<float>().ToArray(), other.Codes.data<float>().ToArray());
    }

    [Fact]
    public void Solve_Order_IsUndoneInCodesAndGroups()
    {
        using var scope = torch.NewDisposeScope();
        var (weight, upper) = Problem();
        var order = torch.arange(Number.Of(0), Number.Of(Columns), Number.One).flip(0);
        var turned = new GptqSolver(new QuantizationScheme(4, 21), 28, order, staticGroups: false);
        var (codes, grid) = turned.Solve(weight, upper);
        var (plain, plainGrid) = new GptqSolver(new QuantizationScheme(4, 21), 28).Solve(weight.flip(1), upper);
        Assert.Equal(plain.flip(1).data<float>().ToArray(), codes.data<float>().ToArray());
        Assert.Equal(plainGrid.Scales.data<float>().ToArray(), grid.Scales.data<float>().ToArray());
        Assert.Equal(Enumerable.Range(0, Columns).Select(c => (long)(Columns - 1 - c) / 21), turned.ColumnGroups!.data<long>());
    }

    [Fact]
    public void Compress_EveryForm_LosesLessOutputThanRounding()
    {
        var rtn = Errors(new Rtn(new RtnOptions { Bits = 3, GroupSize = 16 }));
        Assert.All((GptqOptions[])
        [
            new() { Bits = 3, GroupSize = 16 },
            new() { Bits = 3, GroupSize = 16, ActOrder = true },
            new() { Bits = 3, GroupSize = 16, ActOrder = true, StaticGroups = false },
            new() { Bits = 3, GroupSize = 16, Mse = true },
        ], options => Assert.True(Errors(new Gptq(options)).Sum() < rtn.Sum(), options.ToString()));
    }

    [Fact]
    public void Compress_ActOrderWithoutStaticGroups_SaysEachColumnsGroup()
    {
        using var model = new TinyLlama(1);
        new Gptq(new GptqOptions { Bits = 4, GroupSize = 8, ActOrder = true, StaticGroups = false }).Run(model, TinyLlama.Calibration());
        Assert.All(model.Linears, l =>
        {
            Assert.All(l.Quantized!.ColumnGroups!.data<long>().CountBy(g => g), g => Assert.Equal(8, g.Value));
            Assert.Equal(l.Quantized.Decode().data<float>().ToArray(), l.Weight.data<float>().ToArray());
        });
    }

    [Fact]
    public void Compress_TrueSequential_LooksAtWhatEarlierGroupsBecame()
    {
        using var plain = new TinyLlama(1);
        using var sequential = new TinyLlama(1);
        new Gptq(new GptqOptions { Bits = 2, GroupSize = 16 }).Run(plain, TinyLlama.Calibration());
        new Gptq(new GptqOptions { Bits = 2, GroupSize = 16, TrueSequential = true }).Run(sequential, TinyLlama.Calibration());
        Assert.Equal(plain.Weight(0, "self_attn.q_proj").data<float>().ToArray(),
            sequential.Weight(0, "self_attn.q_proj").data<float>().ToArray());
        Assert.NotEqual(plain.Weight(0, "mlp.down_proj").data<float>().ToArray(),
            sequential.Weight(0, "mlp.down_proj").data<float>().ToArray());
        Assert.Equal(4, sequential.Forwards);
    }

    private static double[] Errors(ICompressor method)
    {
        using var model = new TinyLlama(1);
        return [.. method.Run(model, TinyLlama.Calibration()).Select(r => r.RelativeOutputError!.Value)];
    }

    private static (torch.Tensor Weight, torch.Tensor Upper) Problem()
    {
        using var random = new torch.Generator(17);
        var rows = torch.randn(3 * Columns, Columns, generator: random);
        var hessian = Rows(rows.t().mm(rows) / Number.Of(Columns));
        var upper = NaiveSparseGpt.InverseFactor(hessian).SelectMany(r => r).Select(v => (float)v).ToArray();
        return (torch.randn(24, Columns, generator: random), torch.tensor(upper, [Columns, Columns]));
    }

    private static torch.Tensor Decode(torch.Tensor codes, IntegerGrid grid)
    {
        using var linear = torch.zeros(codes.shape);
        return grid.Pack(codes, new Linear("any", linear)).Decode();
    }

    /// <summary>The share of values that differ: one that lies halfway between two codes may go either way, and takes others with
    /// it.</summary>
    private static double Distance(double[][] expected, torch.Tensor actual) =>
        expected.SelectMany(r => r).Zip(actual.data<float>().ToArray())
            .Count(pair => Math.Abs(pair.First - pair.Second) > 1e-3) / (double)actual.numel();

    private static double[][] Rows(torch.Tensor matrix) =>
        [.. matrix.to(torch.float64).data<double>().ToArray().Chunk((int)matrix.shape[1])];
}
