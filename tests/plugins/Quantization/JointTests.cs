using LlmKick.Pruning;
using LlmKick.Quantization;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Tests.Quantization;

/// <summary>What was pruned stays zero when it is quantized.</summary>
public sealed class JointTests
{
    public static TheoryData<string> Methods => new("rtn", "gptq", "gptq-order", "awq", "fp8", "nf4", "mxfp4");

    [Theory]
    [MemberData(nameof(Methods))]
    public void Compress_AfterPruning_KeepsTheZeros(string method)
    {
        using var model = new TinyLlama(2);
        new Wanda(new PruningOptions { Pattern = new NmPattern(2, 4) }).Run(model, TinyLlama.Calibration());
        var zeros = model.Linears.Select(l => l.Weight.eq(Number.Of(0)).data<bool>().ToArray()).ToList();
        var reports = Create(method).Run(model, TinyLlama.Calibration());
        Assert.All(model.Linears.Zip(zeros), pair => Assert.All(pair.First.Weight.eq(Number.Of(0)).data<bool>().ToArray().Zip(pair.Second),
            weight => Assert.True(weight.First || !weight.Second)));
        Assert.All(reports, r => Assert.Equal(new PrunedEncoding("2:4"), Assert.IsType<QuantizedEncoding>(r.Encoding).Pruned));
        Assert.All(reports, r => Assert.True(r.Encoding.IsPruned));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Prune_AfterQuantizing_KeepsTheCodesThatStay(string method)
    {
        using var model = new TinyLlama(2);
        var before = Create(method).Run(model, TinyLlama.Calibration());
        var weights = model.Linears.Select(l => l.Weight.data<float>().ToArray()).ToList();
        var reports = new Wanda(new PruningOptions { Pattern = new NmPattern(2, 4) }).Run(model, TinyLlama.Calibration());
        Assert.All(model.Linears.Zip(weights), pair => Assert.All(pair.First.Weight.data<float>().ToArray().Zip(pair.Second),
            weight => Assert.True(weight.First == 0 || weight.First == weight.Second)));
        Assert.All(model.Linears, l => Assert.Equal(l.Weight.data<float>().ToArray(), l.Quantized!.Decode().data<float>().ToArray()));
        Assert.All(reports, r => Assert.InRange(r.Sparsity, 0.5, 1));
        Assert.Equal(before.Select(r => (LinearEncoding)(
            Assert.IsType<QuantizedEncoding>(r.Encoding) with { Pruned = new PrunedEncoding("2:4") })), reports.Select(r => r.Encoding));
    }

    [Fact]
    public void Prune_AfterQuantizingWithNewValues_IsNoLongerQuantized()
    {
        using var model = new TinyLlama(1);
        Create("gptq").Run(model, TinyLlama.Calibration());
        var reports = new SparseGpt(new SparseGptOptions { Sparsity = 0.5 }).Run(model, TinyLlama.Calibration());
        Assert.All(reports, r => Assert.Equal(new PrunedEncoding(null), r.Encoding));
        Assert.All(model.Linears, l => Assert.Null(l.Quantized));
    }

    [Fact]
    public void Compress_PrunedWithGptq_LosesLessOutputThanWithRounding()
    {
        double Error(string method)
        {
            using var model = new TinyLlama(1);
            new Wanda(new PruningOptions { Sparsity = 0.5 }).Run(model, TinyLlama.Calibration());
            return Create(method).Run(model, TinyLlama.Calibration()).Sum(r => r.RelativeOutputError!.Value);
        }
        Assert.True(Error("gptq") < Error("rtn"));
    }

    private static ICompressor Create(string method) => method switch
    {
        "rtn" => new Rtn(new RtnOptions { Bits = 3, GroupSize = 8 }),
        "gptq" => new Gptq(new GptqOptions { Bits = 3, GroupSize = 8 }),
        "gptq-order" => new Gptq(new GptqOptions { Bits = 3, GroupSize = 8, ActOrder = true }),
        "awq" => new Awq(new AwqOptions { Bits = 3, GroupSize = 8 }),
        "fp8" => new Fp8(new Fp8Options()),
        "nf4" => new Nf4(new FloatOptions()),
        _ => new Mxfp4(new FloatOptions()),
    };
}
