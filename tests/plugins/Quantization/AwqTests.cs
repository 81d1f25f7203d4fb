using LlmKick.Quantization;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Solving;
using LlmKick.Sdk.Tensors;
using LlmKick.Sdk.Testing;
using TorchSharp;

namespace LlmKick.Tests.Quantization;

public sealed class AwqTests
{
    [Fact]
    public void PrepareBlock_Scales_LeaveWhatTheModelComputes()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new TinyLlama(1);
        var block = model.Open(0);
        var hidden = model.Embed(torch.arange(Number.Of(0), Number.Of(40), Number.One).view(2, 20));
        var before = block.Forward(hidden);
        using var random = new torch.Generator(3);
        foreach (var group in block.Groups.Where(g => g.Source is not null))
            group.Scale(torch.rand(group.Inputs, generator: random).add(Number.Of(0.5), Number.One));
        Assert.Equal(0, (block.Forward(hidden) - before).abs().max().item<float>(), 1e-4f);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_OneBatch_LeavesInputsAndWeightsAsTheyWere(bool duo)
    {
        using var scope = torch.NewDisposeScope();
        using var model = new TinyLlama(1);
        var group = model.Open(0).Groups[3];
        var (inputs, weight) = (torch.randn(2, 10, group.Inputs), group.Linears[0].Weight.clone());
        var before = inputs.clone();
        new AwqScaleSearch([(group, [inputs])],
            group.Linears.ToDictionary(l => l, _ => (QuantizationScheme?)new QuantizationScheme(4, 16)), duo).Run();
        Assert.True(inputs.eq(before).all().item<bool>() && group.Linears[0].Weight.eq(weight).all().item<bool>());
    }

    [Fact]
    public void Compress_FewLargeInputs_LosesLessOutputThanRounding()
    {
        var (awq, errors) = Loss(new Awq(new AwqOptions { Bits = 3, GroupSize = 16 }));
        var (rtn, _) = Loss(new Rtn(new RtnOptions { Bits = 3, GroupSize = 16 }));
        Assert.True(awq < rtn, $"{awq} against {rtn}");
        Assert.All(errors, e => Assert.Equal(e is null ? 0 : 20, e?.Count ?? 0));
        Assert.Equal(6, errors.Count(e => e is not null));
    }

    /// <summary>The change of the block's output, relative, where some inputs are much larger than others.</summary>
    private static (double Loss, List<IReadOnlyList<double>?> Errors) Loss(ICompressor method)
    {
        using var scope = torch.NewDisposeScope();
        using var model = new TinyLlama(1);
        model.Open(0).Parameters["input_layernorm.weight"].narrow(0, 3, 2).mul_(Number.Of(20));
        model.Open(0).Parameters["post_attention_layernorm.weight"].narrow(0, 7, 2).mul_(Number.Of(20));
        var hidden = model.Embed(torch.arange(Number.Of(0), Number.Of(200), Number.One).view(4, 50));
        var before = model.Open(0).Forward(hidden);
        var reports = method.Run(model, TinyLlama.Calibration());
        var loss = (model.Open(0).Forward(hidden) - before).norm() / (before - hidden).norm();
        return (loss.item<float>(), [.. reports.Select(r => r.SearchErrors)]);
    }
}
