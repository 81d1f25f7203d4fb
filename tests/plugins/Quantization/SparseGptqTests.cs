using LlmKick.Pruning;
using LlmKick.Quantization;
using LlmKick.Quantization.Kernels;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Solving;
using LlmKick.Sdk.Tensors;
using LlmKick.Tests.Pruning;
using TorchSharp;

namespace LlmKick.Tests.Quantization;

/// <summary>Pruning and rounding in one pass: at its two ends it is one of the two methods alone.</summary>
public sealed class SparseGptqTests
{
    private const int Columns = 84;

    public static TheoryData<double?, string?> Removals => new() { { 0.5, null }, { 0.3, null }, { null, "2:4" }, { null, "1:4" } };

    [Theory]
    [MemberData(nameof(Removals))]
    public void Solve_Joint_EqualsTheNaiveForm(double? sparsity, string? pattern)
    {
        using var scope = torch.NewDisposeScope();
        var (weight, upper) = Problem();
        var removal = new Removal(sparsity, pattern is null ? null : NmPattern.Parse(pattern, null));
        var expected = Rows(weight);
        NaiveSparseGptq.Solve(expected, Rows(upper), (4, 14), 28, sparsity, removal.Pattern.GetValueOrDefault());
        var (codes, grid) = new GptqSolver(new QuantizationScheme(4, 14), 28) { Removal = removal, LinearRows = [(int)weight.shape[0]] }
            .Solve(weight, upper);
        using var linear = torch.zeros(codes.shape);
        var actual = Rows(grid.Pack(codes, new Linear("any", linear)).Decode());
        Assert.Equal(0, expected.SelectMany(r => r).Zip(actual.SelectMany(r => r))
            .Count(pair => Math.Abs(pair.First - pair.Second) > 1e-3));
    }

    [Theory]
    [MemberData(nameof(Removals))]
    public void Solve_GridWithoutRounding_IsSparseGpt(double? sparsity, string? pattern)
    {
        using var scope = torch.NewDisposeScope();
        var (weight, upper) = Problem();
        NmPattern? form = pattern is null ? null : NmPattern.Parse(pattern, null);
        var pruned = weight.clone();
        var options = new SparseGptOptions { Sparsity = sparsity, Pattern = form, BlockSize = Columns };
        new SparseGpt(options).Solve(pruned, upper, [10, 14]);
        // Steps of 2e-5 that reach far beyond what the updates make of any weight.
        var grid = new IntegerGrid(new QuantizationScheme(24, null), torch.full([24, 1], Number.Of(2e-5f)),
            torch.full([24, 1], Number.Of((float)(1 << 23))));
        var joint = new GptqColumns(weight.clone(), upper, torch.ones_like(weight), grid, new int[Columns],
            torch.empty_like(weight)) { Pattern = form };
        if (new Removal(sparsity, form).Choose(weight, upper.diagonal(), [10, 14]) is { } removed)
            joint.Kept!.masked_fill_(removed, Number.Of(0));
        GptqKernels.Solve(joint, 0, Columns);
        Assert.Equal(pruned.eq(Number.Of(0)).data<bool>().ToArray(), joint.Kept!.eq(Number.Of(0)).data<bool>().ToArray());
        Assert.Equal(0, (joint.Codes - Number.Of(1 << 23)).mul_(Number.Of(2e-5)).sub_(pruned).abs().max().item<float>(), 1e-3f);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Compress_NothingRemoved_IsGptq(bool ordered)
    {
        using var plain = new TinyLlama(2);
        using var joint = new TinyLlama(2);
        new Gptq(new GptqOptions { Bits = 3, GroupSize = 16, ActOrder = ordered }).Run(plain, TinyLlama.Calibration());
        Create(new SparseGptqOptions { Bits = 3, GroupSize = 16, ActOrder = ordered, Sparsity = 0 }).Run(joint, TinyLlama.Calibration());
        Assert.All(plain.Linears.Zip(joint.Linears),
            pair => Assert.Equal(pair.First.Quantized!.Codes.data<byte>().ToArray(), pair.Second.Quantized!.Codes.data<byte>().ToArray()));
    }

    [Fact]
    public void Compress_InOnePass_LosesLessOutputThanOneAfterTheOther()
    {
        double Error(Action<TinyLlama> compress)
        {
            using var scope = torch.NewDisposeScope();
            using var dense = new TinyLlama(1);
            using var model = new TinyLlama(1);
            compress(model);
            var tokens = torch.tensor(TinyLlama.Calibration().Sequences[0].Select(id => (long)id).ToArray()).unsqueeze(0);
            return (model.Forward(tokens, [40], null) - dense.Forward(tokens, [40], null)).norm().item<float>();
        }
        var joint = Error(m => Create(new SparseGptqOptions { Bits = 3, GroupSize = 16, Sparsity = 0.5 }).Run(m, TinyLlama.Calibration()));
        var after = Error(m =>
        {
            new Gptq(new GptqOptions { Bits = 3, GroupSize = 16 }).Run(m, TinyLlama.Calibration());
            new Magnitude(new PruningOptions { Sparsity = 0.5 }).Run(m);
        });
        Assert.True(joint < after, $"{joint} in one pass, {after} pruned after rounding");
    }

    [Fact]
    public void Compress_Joint_SaysBothInTheEncoding()
    {
        using var model = new TinyLlama(1);
        var reports = Create(new SparseGptqOptions { Bits = 4, GroupSize = 16, Pattern = new NmPattern(2, 4) })
            .Run(model, TinyLlama.Calibration());
        Assert.All(reports, r => Assert.Equal(new PrunedEncoding("2:4"), Assert.IsType<QuantizedEncoding>(r.Encoding).Pruned));
        Assert.All(model.Linears, l => Assert.Equal(l.Quantized!.Decode().data<float>().ToArray(), l.Weight.data<float>().ToArray()));
    }

    [Fact]
    public void Solve_BothForms_ChooseTheSameWithAPattern()
    {
        using var scope = torch.NewDisposeScope();
        using var random = new torch.Generator(8);
        var (weight, rows) = (torch.randn(20, 32, generator: random), torch.randn(64, 32, generator: random));
        var upper = torch.linalg.cholesky(torch.linalg.inv(rows.t().mm(rows))).t().contiguous();
        var grid = IntegerGrid.Fit(ColumnSplit.Cut(weight, 16), new QuantizationScheme(4, 16));
        var one = new GptqColumns(weight.clone(), upper, torch.ones_like(weight), grid, [.. Enumerable.Range(0, 32).Select(c => c / 16)],
            torch.empty_like(weight)) { Pattern = new NmPattern(2, 4) };
        var other = one with { Weight = weight.clone(), Kept = torch.ones_like(weight), Codes = torch.empty_like(weight) };
        GptqKernels.Solve(one, 0, 32);
        GptqKernels.SolveAsTensors(other, 0, 32);
        Assert.Equal(one.Kept!.data<float>().ToArray(), other.Kept!.data<float>().ToArray());
        Assert.Equal(one.Codes.data<float>().ToArray(), other.Codes.data<float>().ToArray());
        Assert.Equal(20 * 16f, one.Kept.sum().item<float>());
    }

    private static (torch.Tensor Weight, torch.Tensor Upper) Problem()
    {
        using var random = new torch.Generator(17);
        var rows = torch.randn(3 * Columns, Columns, generator: random);
        var upper = NaiveSparseGpt.InverseFactor(Rows(rows.t().mm(rows) / Number.Of(Columns))).SelectMany(r => r)
            .Select(v => (float)v).ToArray();
        return (torch.randn(24, Columns, generator: random), torch.tensor(upper, [Columns, Columns]));
    }

    private static double[][] Rows(torch.Tensor matrix) =>
        [.. matrix.to(torch.float64).data<double>().ToArray().Chunk((int)matrix.shape[1])];

    private static Gptq Create(SparseGptqOptions options) => new(options, new Removal(options.Sparsity, options.Pattern));
}
