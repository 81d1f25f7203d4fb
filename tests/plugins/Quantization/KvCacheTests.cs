using LlmKick.Quantization;
using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using LlmKick.Tests.Transformers;
using TorchSharp;

namespace LlmKick.Tests.Quantization;

/// <summary>Rounded keys and values.</summary>
public sealed class KvCacheTests
{
    private static readonly int[] Tokens = [5, 17, 99, 4, 250, 31, 7, 88, 12, 3, 61, 44];

    [Theory]
    [InlineData(8, null)]
    [InlineData(4, null)]
    [InlineData(4, 8)]
    [InlineData(2, 4)]
    public void Round_EveryNumber_IsWhatTheDefinitionSays(int bits, int? groupSize)
    {
        using var scope = torch.NewDisposeScope();
        using var random = new torch.Generator(3);
        var heads = torch.randn([2, 5, 3, 16], generator: random);
        heads[0, 0, 0].fill_(Number.Of(0.7f));
        var rounded = new KeyValueScheme(bits, groupSize).Round(heads).data<float>().Select(v => (double)v).ToArray();
        var expected = heads.data<float>().Select(v => (double)v).Chunk(groupSize ?? 16).SelectMany(group =>
        {
            var (low, step) = (group.Min(), (group.Max() - group.Min()) / ((1 << bits) - 1));
            return group.Select(v => (Value: step == 0 ? low : Math.Round((v - low) / step) * step + low, Tie: step > 0
                && Math.Abs((v - low) / step % 1 - 0.5) < 1e-3));
        }).ToList();
        Assert.All(expected.Zip(rounded).Where(pair => !pair.First.Tie), pair => Assert.Equal(pair.First.Value, pair.Second, 1e-5));
        Assert.InRange(expected.Count(e => e.Tie), 0, 5);
    }

    [Theory]
    [InlineData("golden/architectures/llama", 8)]
    [InlineData("golden/architectures/llama", 4)]
    public void Forward_TokenByToken_IsThatOfTheWholeText(string path, int bits)
    {
        using var scope = torch.NewDisposeScope();
        using var model = ModelUnderTest.Load(path);
        using var dense = model.Decoder.Forward(ModelUnderTest.Tokens([Tokens]), [Tokens.Length], null);
        new KvCache(new KvCacheOptions { Bits = bits }).Run(model.Blockwise);
        using var whole = model.Decoder.Forward(ModelUnderTest.Tokens([Tokens]), [Tokens.Length], null);
        Assert.True((whole - dense).abs().max().item<float>() > 1e-4, "Rounding changes what is computed.");
        using var cache = model.Decoder.CreateCache(1, Tokens.Length);
        using var prefill = model.Decoder.Forward(ModelUnderTest.Tokens([Tokens[..7]]), [7], cache);
        Near(whole.narrow(1, 0, 7), prefill);
        for (var i = 7; i < Tokens.Length; i++)
            using (var step = model.Decoder.Forward(ModelUnderTest.Tokens([[Tokens[i]]]), [1], cache))
                Near(whole.narrow(1, i, 1), step);
    }

    [Fact]
    public void Compress_FewerBits_LoseMore()
    {
        double Error(int bits)
        {
            using var scope = torch.NewDisposeScope();
            using var model = new TinyLlama(2);
            var tokens = torch.arange(Number.Of(0), Number.Of(40), Number.One).unsqueeze(0);
            var dense = model.Forward(tokens, [40], null);
            Assert.Empty(new KvCache(new KvCacheOptions { Bits = bits }).Run(model));
            return (model.Forward(tokens, [40], null) - dense).norm().item<float>();
        }
        Assert.True(Error(8) < Error(4) / 4);
        Assert.True(Error(4) < Error(2) / 2);
        Assert.True(Error(8) > 0);
    }

    [Fact]
    public void Compress_GroupsThatDoNotFit_AreRefused()
    {
        using var model = new TinyLlama(1);
        Assert.Contains("heads of 16", Assert.Throws<LlmKickException>(() => new KvCache(new KvCacheOptions { GroupSize = 5 }).Run(model))
            .Message, StringComparison.Ordinal);
        Assert.Contains("cannot round", Assert.Throws<LlmKickException>(() => new KvCache(new KvCacheOptions()).Run(new FloatsOnly(model)))
            .Message, StringComparison.Ordinal);
    }

    private static void Near(torch.Tensor expected, torch.Tensor actual) =>
        Assert.InRange((expected - actual).abs().max().item<float>(), 0, 2e-3);
}
