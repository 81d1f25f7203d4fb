using LlmKick.Sdk.Compression;
using TorchSharp;

namespace LlmKick.Tests.Pruning;

/// <summary>A model cut off after some blocks.</summary>
internal sealed class FirstBlocks(ITransformer model, int count) : ITransformer
{
    public int BlockCount => count;

    public long ParameterCount => model.ParameterCount;

    public torch.Device Device => model.Device;

    public bool RoundsActivations => model.RoundsActivations;

    public KeyValueScheme? KeyValues
    {
        get => model.KeyValues;
        set => model.KeyValues = value;
    }

    public torch.Tensor Embed(torch.Tensor tokens) => model.Embed(tokens);

    public IBlock Open(int index) => model.Open(index);
}
