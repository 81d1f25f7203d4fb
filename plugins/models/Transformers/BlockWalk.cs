using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;

namespace LlmKick.Transformers;

/// <summary>Runs a model's blocks in the order of <see cref="Families.ModelSpec.Schedule"/>, for one pass.</summary>
/// <param name="model">The model.</param>
/// <param name="pass">The pass; it is told which visit it is at.</param>
internal sealed class BlockWalk(TransformerModel model, ForwardPass pass)
{
    private int _visit;

    /// <summary>Told of each block's output; null for nobody.</summary>
    public Action<DecoderBlock, Tensor>? Look { get; init; }

    /// <summary>A block whose linear groups are observed, at each of its visits.</summary>
    public (DecoderBlock Block, Action<LinearGroup, Tensor> Observe)? Observed { get; init; }

    /// <summary>All blocks; disposes what it is given.</summary>
    /// <param name="hidden">[batch, length, width].</param>
    public Tensor All(Tensor hidden)
    {
        var loop = model.Spec.Loop;
        for (var block = 0; block < (loop?.First ?? model.Blocks.Count); block++)
            hidden = Next(hidden);
        if (loop is null)
            return hidden;
        using (var entering = hidden)
            hidden = loop.Run(entering, model.Ends.Start, Next);
        for (var block = loop.End; block < model.Blocks.Count; block++)
            hidden = Next(hidden);
        return hidden;
    }

    /// <summary>The loop's blocks, as often as they run.</summary>
    /// <param name="hidden">What enters the loop; stays as it is.</param>
    public Tensor Loop(Tensor hidden)
    {
        _visit = model.Spec.Loop!.First;
        return model.Spec.Loop.Run(hidden, model.Ends.Start, Next);
    }

    private Tensor Next(Tensor hidden)
    {
        using var lease = model.Blocks.Open(model.Schedule[_visit], inOrder: true);
        var block = lease.Block;
        pass.Visit = _visit++;
        var passed = block.Forward(hidden, pass, Observed is { } observed && observed.Block == block ? observed.Observe : null);
        hidden.Dispose();
        Look?.Invoke(block, passed);
        return passed;
    }
}
