using LlmKick.Pruning;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Tests.Pruning;

/// <summary>What all methods have in common.</summary>
public sealed class PruningTests
{
    public static TheoryData<string, string> MethodsAndPatterns
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var method in new[] { "magnitude", "wanda", "sparsegpt", "random" })
                foreach (var pattern in new[] { "1:2", "2:4", "1:4", "3:8", "15:16" })
                    data.Add(method, pattern);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(MethodsAndPatterns))]
    public void Compress_Pattern_IsObeyedInEveryGroup(string method, string text)
    {
        var pattern = NmPattern.Parse(text, null);
        using var model = new TinyLlama(2);
        var reports = Create(method, null, pattern).Run(model, TinyLlama.Calibration());
        Assert.All(model.Linears, l =>
        {
            Assert.All(l.Weight.reshape(-1, pattern.Of).count_nonzero([1]).data<long>().ToArray(),
                kept => Assert.Equal(pattern.Keep, kept));
            Assert.Equal(new PrunedEncoding(text), l.Encoding);
        });
        Assert.All(reports, r => Assert.Equal(pattern.Sparsity, r.Sparsity, 1e-12));
    }

    [Theory]
    [InlineData("magnitude", torch.ScalarType.BFloat16)]
    [InlineData("wanda", torch.ScalarType.BFloat16)]
    [InlineData("sparsegpt", torch.ScalarType.BFloat16)]
    [InlineData("random", torch.ScalarType.Float16)]
    public void Compress_HalfPrecision_KeepsTheDtypeAndTheZeros(string method, torch.ScalarType dtype)
    {
        using var model = new TinyLlama(2, dtype);
        var reports = Create(method, 0.5, null).Run(model, method == "random" ? null : TinyLlama.Calibration());
        Assert.All(model.Linears, l => Assert.Equal(dtype, l.Weight.dtype));
        Assert.All(reports, r => Assert.InRange(r.Sparsity, 0.5, method == "magnitude" ? 0.53 : 0.51));
    }

    [Fact]
    public void Compress_RandomWithTheSameSeed_RemovesTheSameAndExactlyTheShare()
    {
        using var first = new TinyLlama(2);
        using var second = new TinyLlama(2);
        var reports = Create("random", 0.3, null).Run(first);
        Create("random", 0.3, null).Run(second);
        Assert.All(first.Linears.Zip(second.Linears),
            pair => Assert.Equal(pair.First.Weight.data<float>().ToArray(), pair.Second.Weight.data<float>().ToArray()));
        Assert.All(reports, r => Assert.Equal((int)(r.Shape[0] * r.Shape[1] * 0.3), (int)Math.Round(r.Sparsity * r.Shape[0] * r.Shape[1])));
        Assert.NotEqual(Mask(first.Weight(0, "self_attn.q_proj")), Mask(first.Weight(1, "self_attn.q_proj")));
        Assert.NotEqual(Mask(first.Weight(0, "mlp.gate_proj")), Mask(first.Weight(0, "mlp.up_proj")));
    }

    [Fact]
    public void Register_Plugin_OffersTheFourMethods()
    {
        var offered = RecordingRegistry.Of<PruningPlugin>();
        Assert.Equal(["magnitude", "wanda", "sparsegpt", "random"], offered.Select(component => component.Name));
        Assert.All(offered, component =>
            Assert.IsAssignableFrom<ICompressor>(component.Create(Activator.CreateInstance(component.OptionsType)!)));
    }

    [Fact]
    public void Validate_NotExactlyOneTarget_IsAFault()
    {
        Assert.Single(new PruningOptions().Validate());
        Assert.Single(new PruningOptions { Sparsity = 0.5, Pattern = new NmPattern(2, 4) }.Validate());
        Assert.Empty(new PruningOptions { Sparsity = 0 }.Validate());
        Assert.Empty(new SparseGptOptions { Pattern = new NmPattern(2, 4) }.Validate());
    }

    private static ICompressor Create(string method, double? sparsity, NmPattern? pattern)
    {
        var options = new PruningOptions { Sparsity = sparsity, Pattern = pattern };
        return method switch
        {
            "magnitude" => new Magnitude(options),
            "wanda" => new Wanda(options),
            "random" => new RandomPruning(options),
            _ => new SparseGpt(new SparseGptOptions { Sparsity = sparsity, Pattern = pattern }),
        };
    }

    private static bool[] Mask(torch.Tensor weight) => weight.eq(Number.Of(0)).data<bool>().ToArray();
}
