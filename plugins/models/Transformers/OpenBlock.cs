using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Blocks;
using static TorchSharp.torch;

namespace LlmKick.Transformers;

/// <summary>A block in a compressor's hands.</summary>
internal sealed class OpenBlock(TransformerModel model, DecoderBlock block, StateLayout layout) : IBlock
{
    public int Index => block.Index;

    public IReadOnlyList<LinearGroup> Groups { get; } = [.. block.Groups(length => model.WholePass(length))];

    public IReadOnlyDictionary<string, Tensor> Parameters => block.Parameters;

    public Tensor Forward(Tensor hidden, Action<LinearGroup, Tensor>? observe = null) => Run(hidden, observe, showsAll: false);

    public Tensor ForwardShowingAll(Tensor hidden, Action<LinearGroup, Tensor> observe) => Run(hidden, observe, showsAll: true);

    /// <summary>Does nothing: the block is the model's own and stays in memory.</summary>
    public void Commit()
    {
    }

    public void Dispose()
    {
    }

    private Tensor Run(Tensor hidden, Action<LinearGroup, Tensor>? observe, bool showsAll)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using var pass = model.WholePass(hidden.shape[1], showsAll);
        var passed = block.Forward(layout.Open(hidden, pass), pass, observe);
        return layout.Close(passed, hidden, pass).MoveToOuterDisposeScope();
    }
}
