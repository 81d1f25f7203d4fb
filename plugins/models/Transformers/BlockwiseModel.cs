using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;

namespace LlmKick.Transformers;

/// <summary>A model as compressors see it. Its blocks stay in memory, so opening and closing them costs nothing.</summary>
internal sealed class BlockwiseModel(TransformerModel model) : ITransformer
{
    /// <summary>The model itself.</summary>
    public TransformerModel Model => model;

    public int BlockCount => model.Blocks.Count;

    public long ParameterCount => model.ParameterCount;

    public Device Device => model.Device;

    public bool RoundsActivations => true;

    public KeyValueScheme? KeyValues
    {
        get => model.KeyValues;
        set => model.KeyValues = value;
    }

    public Tensor Embed(Tensor tokens)
    {
        using var noGradient = no_grad();
        return model.Embed(tokens);
    }

    public IBlock Open(int index) => new OpenBlock(model.Blocks[index], model.Rotary);
}
