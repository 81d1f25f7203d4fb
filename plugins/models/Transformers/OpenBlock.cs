using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Blocks;
using static TorchSharp.torch;

namespace LlmKick.Transformers;

/// <summary>A block in a compressor's hands.</summary>
internal sealed class OpenBlock(TransformerModel model, BlockLease lease, StateLayout layout) : IBlock
{
    private readonly DecoderBlock _block = lease.Block;
    private bool _isClosed;

    public int Index => _block.Index;

    public IReadOnlyList<LinearGroup> Groups { get; } = [.. lease.Block.Groups(length => model.WholePass(length))];

    public IReadOnlyDictionary<string, Tensor> Parameters => _block.Parameters;

    public Tensor Forward(Tensor hidden, Action<LinearGroup, Tensor>? observe = null) => Run(hidden, observe, showsAll: false);

    public Tensor ForwardShowingAll(Tensor hidden, Action<LinearGroup, Tensor> observe) => Run(hidden, observe, showsAll: true);

    public void Commit() => model.Blocks.Commit(_block);

    public void Dispose()
    {
        if (!_isClosed)
            lease.Dispose();
        _isClosed = true;
    }

    private Tensor Run(Tensor hidden, Action<LinearGroup, Tensor>? observe, bool showsAll)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using var pass = model.WholePass(hidden.shape[1], showsAll);
        if (model.Spec.Loop is { } loop && loop.Has(Index))
            return ForwardLoop(hidden, isLast: Index == loop.End - 1, pass, observe).MoveToOuterDisposeScope();
        pass.Visit = Index;
        var passed = _block.Forward(layout.Open(hidden, pass), pass, observe);
        return layout.Close(passed, hidden, pass).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// What a block of a loop gets at a later visit depends on the other blocks of the loop and on itself, so there is no input that it
    /// could be run with alone. The loop is calibrated as one: each of its blocks gets what enters the loop, sees the whole loop run as its
    /// blocks are now (those before it changed, itself and those behind it as they were), and is told of its inputs at all its visits. What
    /// enters the loop goes on to the loop's next block as it is; the last one puts out what leaves the loop.
    /// </summary>
    private Tensor ForwardLoop(Tensor hidden, bool isLast, Layers.ForwardPass pass, Action<LinearGroup, Tensor>? observe)
    {
        if (observe is null && !isLast)
            return hidden.alias();
        var passed = new BlockWalk(model, pass) { Observed = observe is null ? null : (_block, observe) }.Loop(hidden);
        return isLast ? passed : hidden.alias();
    }
}
