using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Tests.Transformers.Invariants;

/// <summary>A model as compressors see it, block by block.</summary>
public sealed class BlockByBlockTests
{
    private const int Length = 40;

    /// <summary>Their norms have no weights, and nothing else could take a scale back: feed-forward parts have no gate, or one in a matrix
    /// with what it gates, or a norm before they go down; queries share values, or a gate stands behind them.</summary>
    private static readonly string[] Unscalable = ["nanochat", "dory", "hrm_text"];

    [Theory]
    [MemberData(nameof(GoldenFolders.All), MemberType = typeof(GoldenFolders))]
    public void Forward_BlockAfterBlock_AsTheDecoder(string name)
    {
        using var scope = NewDisposeScope();
        using var model = Load(name, out var tokens);
        var state = model.Blockwise.Embed(tokens);
        for (var index = 0; index < model.Blockwise.BlockCount; index++)
        {
            using var block = model.Blockwise.Open(index);
            state = block.Forward(state);
        }
        var actual = model.Finish(state.narrow(-1, 0, model.Spec.StateWidth));
        var expected = model.Decoder.Forward(tokens, [Length, Length], null);
        for (var row = 0; row < 2; row++)
            Distributions.AssertClose(Distributions.Of(model, expected[row]), Distributions.Of(model, actual[row]), $"row {row}");
    }

    /// <summary>What comes before is divided as the linears are multiplied, however a norm adds to its weight and whoever reads
    /// it.</summary>
    [Theory]
    [MemberData(nameof(GoldenFolders.All), MemberType = typeof(GoldenFolders))]
    public void Scale_EverySourceOfEveryBlock_ChangesNoOutput(string name)
    {
        using var scope = NewDisposeScope();
        using var model = Load(name, out var tokens);
        using var random = new Generator(3);
        var state = model.Blockwise.Embed(tokens);
        for (var index = 0; index < model.Blockwise.BlockCount; index++)
        {
            using var block = model.Blockwise.Open(index);
            var before = block.Forward(state);
            var sources = block.Groups.Select(group => group.Source).OfType<InputSource>().DistinctBy(source => source.Name).ToList();
            Assert.Equal(Unscalable.Contains(name), sources.Count == 0);
            foreach (var source in sources)
                AssertUnchanged(block, source, state, before, random);
            state = before;
        }
    }

    private static void AssertUnchanged(IBlock block, InputSource source, Tensor state, Tensor before, Generator random)
    {
        using var scope = NewDisposeScope();
        var reader = source.Readers[0];
        var weight = reader.Weight.clone();
        source.Scale(rand([reader.Inputs], generator: random).mul_(Number.Of(1.5)).add_(Number.Of(0.5), Number.One));
        Assert.True(reader.Weight.sub(weight).abs().max().item<float>() > 0);
        var difference = block.Forward(state).sub(before).abs().max().item<float>() / before.abs().max().item<float>();
        Assert.True(difference <= 1e-4, $"Block {block.Index}, {source.Name}: outputs differ by {difference} of the largest.");
    }

    private static ModelUnderTest Load(string name, out Tensor tokens)
    {
        var ids = Golden.Json($"golden/architectures/{name}/golden.json").GetProperty("ids");
        tokens = ModelUnderTest.Tokens([ids[0].Ints()[..Length], ids[1].Ints()[..Length]]);
        return ModelUnderTest.Load($"golden/architectures/{name}");
    }
}
