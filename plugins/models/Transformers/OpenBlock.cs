using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;

namespace LlmKick.Transformers;

/// <summary>A block in a compressor's hands.</summary>
internal sealed class OpenBlock(DecoderBlock block, RotaryTable rotary) : IBlock
{
    public int Index => block.Index;

    public IReadOnlyList<LinearGroup> Groups { get; } = [.. block.Groups(rotary)];

    public IReadOnlyDictionary<string, Tensor> Parameters => block.Parameters;

    public Tensor Forward(Tensor hidden, Action<LinearGroup, Tensor>? observe = null)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        return block.Forward(hidden, ForwardPass.OfWhole(rotary, hidden.shape[1]), observe).MoveToOuterDisposeScope();
    }

    /// <summary>Does nothing: the block is the model's own and stays in memory.</summary>
    public void Commit()
    {
    }

    public void Dispose()
    {
    }
}
