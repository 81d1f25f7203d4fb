using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Configuration;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Layers;

/// <summary>A model's weights, which it owns, and what it computes with them at its two ends.</summary>
internal sealed class TransformerModel : IDisposable
{
    public required TransformerConfig Config { get; init; }

    public required long ParameterCount { get; init; }

    /// <summary>[vocabulary, width].</summary>
    public required Tensor Embedding { get; init; }

    public required IReadOnlyList<DecoderBlock> Blocks { get; init; }

    public required RmsNorm FinalNorm { get; init; }

    /// <summary>[vocabulary, width]; the embedding itself where the two are tied.</summary>
    public required Tensor Head { get; init; }

    public required RotaryTable Rotary { get; init; }

    /// <summary>How all blocks round keys and values; null where they do not.</summary>
    public KeyValueScheme? KeyValues
    {
        get => Blocks[0].Attention.KeyValues;
        set
        {
            value?.RequireFit(Config.HeadWidth);
            foreach (var block in Blocks)
                block.Attention.KeyValues = value;
        }
    }

    public Device Device => Embedding.device;

    public ScalarType Dtype => Embedding.dtype;

    public IEnumerable<Tensor> Tensors => [Embedding, Head, FinalNorm.Weight, .. Blocks.SelectMany(block => block.Tensors)];

    /// <summary>[batch, length] to [batch, length, width].</summary>
    public Tensor Embed(Tensor tokens)
    {
        using var ids = tokens.flatten();
        using var rows = Embedding.index_select(0, ids);
        return rows.view(tokens.shape[0], tokens.shape[1], Config.Width);
    }

    public void Dispose()
    {
        foreach (var tensor in Tensors)
            tensor.Dispose();
        Rotary.Dispose();
    }
}
