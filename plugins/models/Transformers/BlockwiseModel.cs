using LlmKick.Sdk.Compression;
using static TorchSharp.torch;

namespace LlmKick.Transformers;

/// <summary>A model as compressors see it.</summary>
internal sealed class BlockwiseModel(TransformerModel model) : ITransformer
{
    private readonly StateLayout _layout = new(model.Spec);

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
        using var scope = NewDisposeScope();
        using var pass = model.WholePass(tokens.shape[1]);
        var hidden = model.Ends.Embed(tokens, pass.Positions);
        return _layout.Begin(hidden, model.Ends.BlockInputs(tokens, hidden)).MoveToOuterDisposeScope();
    }

    public IBlock Open(int index) => new OpenBlock(model, model.Blocks.Open(index), _layout);
}
