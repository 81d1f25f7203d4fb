using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Families;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;
using static TorchSharp.torch;

namespace LlmKick.Transformers;

/// <summary>A model's weights, which it owns.</summary>
internal sealed class TransformerModel : IDisposable
{
    public required ModelSpec Spec { get; init; }

    public required long ParameterCount { get; init; }

    public required ModelEnds Ends { get; init; }

    public required IModelBlocks Blocks { get; init; }

    /// <summary>The blocks in the order in which they run.</summary>
    public IReadOnlyList<int> Schedule => field ??= [.. Spec.Schedule];

    public required RotaryTables Rotary { get; init; }

    /// <summary>How all blocks round keys and values; null where they do not.</summary>
    public KeyValueScheme? KeyValues
    {
        get => Blocks.KeyValues;
        set
        {
            foreach (var width in Enumerable.Range(0, Blocks.Count).Select(block => Spec.Block(block).Mixer.Kept).OfType<KeptTokens>()
                .SelectMany(kept => new[] { kept.KeyWidth, kept.ValueWidth }).Distinct())
                value?.RequireFit(width);
            Blocks.KeyValues = value;
        }
    }

    public Device Device => Ends.Embedding.device;

    public ScalarType Dtype => Ends.Embedding.dtype;

    /// <summary>A pass over whole sequences from position 0.</summary>
    public ForwardPass WholePass(long length, bool showsAll = false) => ForwardPass.OfWhole(Rotary, Device, Dtype, length, showsAll);

    public void Dispose()
    {
        foreach (var tensor in Ends.Tensors)
            tensor.Dispose();
        Blocks.Dispose();
        Rotary.Dispose();
    }
}
