using LlmKick.Quantization;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Tests.Transformers;

/// <summary>A linear whose outputs are divided has its bias divided too.</summary>
public sealed class BiasTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public BiasTests() => TinyCheckpoint.Biased().Write(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Scale_EveryGroup_LeavesWhatTheBlockComputes()
    {
        await using var model = LoadedModel.Load(_folder.Path);
        using var scope = torch.NewDisposeScope();
        var block = model.Transformer!.Open(0);
        var hidden = model.Transformer.Embed(torch.arange(Number.Of(0), Number.Of(40), Number.One).view(2, 20));
        var (before, biases) = (block.Forward(hidden), Biases(block).ToDictionary(bias => bias.Key, bias => bias.Value.clone()));
        using var random = new torch.Generator(3);
        foreach (var group in block.Groups)
            group.Scale(torch.rand(group.Inputs, generator: random).add(Number.Of(0.5), Number.One));
        Assert.Equal(0, (block.Forward(hidden) - before).abs().max().item<float>(), 1e-4f);
        var changed = Biases(block).Where(bias => bias.Value.ne(biases[bias.Key]).any().item<bool>()).Select(bias => bias.Key);
        Assert.Equal(["self_attn.v_proj.bias", "mlp.up_proj.bias"], changed);
    }

    private static IEnumerable<KeyValuePair<string, torch.Tensor>> Biases(IBlock block) =>
        block.Parameters.Where(parameter => parameter.Key.EndsWith(".bias", StringComparison.Ordinal));

    [Theory]
    [InlineData("awq")]
    [InlineData("smoothquant")]
    public async Task Compress_BlocksPutBack_ComputeTheSame(string method)
    {
        using var store = new MemoryBlockStore();
        Assert.Equal(await Compressed(method, store), await Compressed(method, store));
    }

    private async Task<float[]> Compressed(string method, MemoryBlockStore store)
    {
        await using var model = LoadedModel.Load(_folder.Path);
        using var scope = torch.NewDisposeScope();
        ICompressor compressor = method == "awq" ? new Awq(new AwqOptions { Bits = 4, GroupSize = 8 })
            : new SmoothQuant(new SmoothQuantOptions());
        compressor.Run(model.Transformer!, TinyLlama.Calibration(), store);
        var transformer = model.Transformer!;
        var hidden = Enumerable.Range(0, transformer.BlockCount).Aggregate(transformer.Embed(
            torch.arange(Number.Of(0), Number.Of(20), Number.One).view(1, 20)), (states, index) => transformer.Open(index).Forward(states));
        return hidden.data<float>().ToArray();
    }
}
