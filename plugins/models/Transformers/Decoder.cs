using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LlmKick.Transformers;

/// <summary>Prefill and step over a model.</summary>
internal sealed class Decoder(TransformerModel model) : IDecoder
{
    public Device Device => model.Device;

    public IKeyValueCache CreateCache(int batch, int capacity) => KeyValueCache.Create(
        model.Blocks.Count, [batch, model.Config.KeyValueHeads, capacity, model.Config.HeadWidth], model.Dtype, model.Device);

    public Tensor Forward(Tensor tokens, ReadOnlySpan<int> lengths, IKeyValueCache? cache)
    {
        Shapes.Require(tokens, nameof(tokens), lengths.Length, -1);
        var own = cache as KeyValueCache;
        CheckLengths(tokens.shape[1], lengths, own);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var hidden = RunBlocks(model.Embed(tokens), Begin(tokens.shape[1], lengths, own));
        own?.Grow(lengths);
        return model.FinalNorm.Forward(hidden).MoveToOuterDisposeScope();
    }

    public Tensor Logits(Tensor hidden)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var logits = functional.linear(hidden, model.Head);
        return (logits.dtype == ScalarType.Float32 ? logits : logits.to_type(ScalarType.Float32)).MoveToOuterDisposeScope();
    }

    private ForwardPass Begin(long length, ReadOnlySpan<int> lengths, KeyValueCache? cache) => cache is null
        ? ForwardPass.OfWhole(model.Rotary, length)
        : CachedPass.Begin(cache, model.Rotary, lengths, length, model.Dtype);

    private Tensor RunBlocks(Tensor hidden, ForwardPass pass)
    {
        foreach (var block in model.Blocks)
        {
            var before = hidden;
            hidden = block.Forward(before, pass);
            before.Dispose();
        }
        return hidden;
    }

    private static void CheckLengths(long length, ReadOnlySpan<int> lengths, KeyValueCache? cache)
    {
        foreach (var count in lengths)
            if (count < 1 || count > length)
                throw new ArgumentOutOfRangeException(nameof(lengths), count, $"Rows have 1 … {length} tokens.");
        if (cache is null)
            return;
        if (cache.Lengths.Count != lengths.Length)
            throw new ArgumentException($"The cache has {cache.Lengths.Count} rows, the tokens {lengths.Length}.", nameof(cache));
        if (cache.LongestAfter(lengths) > cache.Capacity)
            throw new ArgumentException($"The cache holds {cache.Capacity} tokens a row, {cache.LongestAfter(lengths)} are needed.", nameof(cache));
    }
}
