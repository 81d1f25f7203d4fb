using LlmKick.Quantization;
using LlmKick.Sdk;
using LlmKick.Sdk.Compression;

namespace LlmKick.Tests.Quantization;

/// <summary>Which linears are quantized, and how.</summary>
public sealed class SelectionTests
{
    [Fact]
    public void Compress_IncludeAndExclude_ChooseLinears()
    {
        var bits = Bits(new RtnOptions { Include = ["*.q_proj", "1.mlp.*"], Exclude = ["*.down_proj"] });
        Assert.Equal(["0.self_attn.q_proj", "1.self_attn.q_proj", "1.mlp.gate_proj", "1.mlp.up_proj", "2.self_attn.q_proj"],
            bits.Where(b => b.Bits is not null).Select(b => b.Name));
    }

    [Fact]
    public void Compress_OtherBits_AreThoseOfTheFirstThatMatches()
    {
        var bits = Bits(new RtnOptions { Bits = 3, OtherBits = [new("first.*", 8), new("*.q_proj", 6), new("last.*", 5)] });
        Assert.All(bits, b => Assert.Equal(b.Name[0] == '0' ? 8 : b.Name.EndsWith("q_proj", StringComparison.Ordinal) ? 6
            : b.Name[0] == '2' ? 5 : 3, b.Bits));
    }

    [Fact]
    public void Compress_GptqWithOtherBitsInAGroup_SolvesEachWithItsOwn()
    {
        using var model = new TinyLlama(1);
        new Gptq(new GptqOptions { Bits = 3, GroupSize = 16, OtherBits = [new("*.v_proj", 8)], Exclude = ["*.up_proj"] })
            .Run(model, TinyLlama.Calibration());
        Assert.Equal([3, 3, 8, 3, 3, null, 3], model.Linears.Select(l => l.Quantized?.Encoding.Bits));
    }

    [Fact]
    public void Compress_PatternThatMeansNothing_IsRefusedWithTheNames()
    {
        using var model = new TinyLlama(1);
        var failure = Assert.Throws<LlmKickException>(() => new Rtn(new RtnOptions { Exclude = ["*.lm_head"] }).Run(model));
        Assert.Contains("'*.lm_head' matches no linear", failure.Message, StringComparison.Ordinal);
        Assert.Contains("mlp.down_proj", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("first.*", "1.*", "last.*")]
    public void Compress_EverythingExcluded_IsRefused(params string[] exclude)
    {
        using var model = new TinyLlama();
        var calibration = TinyLlama.Calibration();
        LinearCompressor[] methods = [new Rtn(new RtnOptions { Exclude = exclude }),
            new Gptq(new GptqOptions { GroupSize = 16, Exclude = exclude }), new Awq(new AwqOptions { GroupSize = 16, Exclude = exclude })];
        Assert.All(methods, method => Assert.Contains("leave no linear to quantize",
            Assert.Throws<LlmKickException>(() => method.Run(model, calibration)).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Compress_ExcludedWhatIsIncluded_IsRefused()
    {
        using var model = new TinyLlama();
        Assert.Contains("exclude: '1.*'", Assert.Throws<LlmKickException>(() =>
            new Rtn(new RtnOptions { Include = ["1.*"], Exclude = ["1.*"] }).Run(model)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("first.*=8", "first.*", 8)]
    [InlineData("a=b=16", "a=b", 16)]
    public void Parse_PatternBits_ReadsBoth(string text, string pattern, int bits) =>
        Assert.Equal(new PatternBits(pattern, bits), PatternBits.Parse(text, null));

    [Theory]
    [InlineData("")]
    [InlineData("=8")]
    [InlineData("first.*")]
    [InlineData("first.*=1")]
    [InlineData("first.*=17")]
    [InlineData("first.*=x")]
    [InlineData("first.*=08")]
    public void Parse_WhatIsNoPatternBits_IsRefused(string text) => Assert.Throws<FormatException>(() => PatternBits.Parse(text, null));

    private static List<(string Name, int? Bits)> Bits(RtnOptions options)
    {
        using var model = new TinyLlama();
        return [.. new Rtn(options).Run(model).Select(r => ($"{r.Block}.{r.Linear}", (r.Encoding as QuantizedEncoding)?.Bits))];
    }
}
