using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Models;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Positions;
using static TorchSharp.torch;

namespace LlmKick.Tests.Transformers;

/// <summary>Choices of experts that are too close for other rounding to make them alike.</summary>
public sealed class RouterChoicesTests
{
    /// <summary>Counted from the router's own logits, block by block; padding does not count.</summary>
    [Theory]
    [InlineData("qwen3_moe")]
    [InlineData("deepseek_v3")]
    [InlineData("gpt_oss")]
    public void Forward_Batch_CountsTokensOnce(string name)
    {
        using var model = ModelUnderTest.Load($"golden/architectures/{name}");
        using var scope = NewDisposeScope();
        var ids = Golden.Json($"golden/architectures/{name}/golden.json").GetProperty("ids")[0].Ints();
        var blocks = Enumerable.Range(0, model.Blockwise.BlockCount).Count(index => model.Spec.Block(index).Feed is Experts);
        _ = model.Decoder.Forward(ModelUnderTest.Tokens([ids]), [ids.Length], null);
        var whole = model.Decoder.Routing!.Value;
        Assert.Equal(blocks * ids.Length, whole.Choices);
        var shorter = ids[..(ids.Length / 2)];
        _ = model.Decoder.Forward(ModelUnderTest.Tokens([ids, [.. shorter, .. new int[ids.Length - shorter.Length]]]),
            [ids.Length, shorter.Length], null);
        Assert.Equal(blocks * (ids.Length + shorter.Length), (model.Decoder.Routing!.Value - whole).Choices);
        _ = model.Decoder.Forward(ModelUnderTest.Tokens([shorter]), [shorter.Length], null);
        var half = model.Decoder.Routing!.Value;
        Assert.InRange(half.Close, 1, half.Choices / 4);
    }

    [Fact]
    public void Routing_NoExperts_IsNone()
    {
        using var model = ModelUnderTest.Load("golden/architectures/llama");
        Assert.Null(model.Decoder.Routing);
    }

    /// <summary>Logits of two tokens: 1 beside 1.007 is closer than a step of bfloat16 there (1/128), 1 beside 1.01 is not.</summary>
    [Theory]
    [InlineData(1.007f, 1)]
    [InlineData(1.01f, 0)]
    public void Choose_Gap_IsMeasuredInStepsOfBFloat16(float second, long close)
    {
        using var scope = NewDisposeScope();
        var router = RouterOf(second);
        using var tables = new RotaryTables(1, CPU, ScalarType.Float32);
        using var pass = ForwardPass.OfWhole(tables, CPU, ScalarType.Float32, 3);
        router.Choose(ones(3, 1), pass, null);
        Assert.Equal(new RouterChoices(3, 3 * close), router.Choices);
    }

    private static Router RouterOf(float second)
    {
        var weight = tensor(new[] { 1f, second, -5f }).view(3, 1);
        var group = new LinearGroup("mlp.gate", [new Linear("mlp.gate", weight, LinearRole.Router)]);
        return new Router(new RouterSpec(1, 3, 1, RouterScore.Softmax), new FusedLinear(weight, null, group, [false]), null, null);
    }
}
