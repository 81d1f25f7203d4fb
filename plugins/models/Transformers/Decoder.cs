using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;

namespace LlmKick.Transformers;

/// <summary>Prefill and step over a model.</summary>
internal sealed class Decoder(TransformerModel model) : IDecoder
{
    private readonly LengthRegimes _regimes = new(model.Spec);

    public Device Device => model.Device;

    public RouterChoices? Routing => model.Blocks.Routing;

    public IKeyValueCache CreateCache(int batch, int capacity) => KeyValueCache.Create(
        [.. model.Schedule.Select(block => model.Spec.Block(block).Mixer.Kept is { } kept
            ? (kept.Heads, kept.KeyWidth, kept.ValueWidth) : ((int, int, int)?)null)],
        [.. model.Schedule.Select(block => model.Spec.Block(block).Mixer.States)], batch, capacity, model.Dtype, model.Device,
        _regimes.Matter);

    public Tensor Forward(Tensor tokens, ReadOnlySpan<int> lengths, IKeyValueCache? cache)
    {
        Shapes.Require(tokens, nameof(tokens), lengths.Length, -1);
        var own = cache as KeyValueCache;
        CheckLengths(tokens.shape[1], lengths, own);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var hidden = own is not null && _regimes.Change(own.Lengths, lengths) ? Reread(tokens, lengths, own) : Read(tokens, lengths, own);
        return hidden.MoveToOuterDisposeScope();
    }

    public Tensor Logits(Tensor hidden)
    {
        using var noGradient = no_grad();
        return model.Ends.Logits(hidden);
    }

    public string? FirstNotFinite(Tensor tokens)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var length = (int)tokens.shape[1];
        using var pass = Begin(length, [length], null);
        var hidden = model.Ends.Embed(tokens, pass.Positions);
        if (!IsFinite(hidden))
            return "the embedding";
        pass.BlockInputs = model.Ends.BlockInputs(tokens, hidden);
        string? fault = null;
        hidden = new BlockWalk(model, pass)
        {
            Look = (block, passed) => fault ??= IsFinite(passed) ? null : $"block {block.Index}",
        }.All(hidden);
        if (fault is not null)
            return fault;
        hidden = model.Ends.Finish(hidden)[0];
        if (!IsFinite(hidden))
            return "the final norm";
        return Enumerable.Range(0, length).All(row => IsFinite(Logits(hidden.narrow(0, row, 1)))) ? null : "the head";
    }

    private static bool IsFinite(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.isfinite().all().item<bool>();
    }

    private Tensor Read(Tensor tokens, ReadOnlySpan<int> lengths, KeyValueCache? cache)
    {
        using var scope = NewDisposeScope();
        using var pass = Begin(tokens.shape[1], lengths, cache);
        var embedded = model.Ends.Embed(tokens, pass.Positions);
        pass.BlockInputs = model.Ends.BlockInputs(tokens, embedded);
        var hidden = new BlockWalk(model, pass).All(embedded);
        cache?.Grow(tokens, lengths);
        return model.Ends.Finish(hidden).MoveToOuterDisposeScope();
    }

    /// <summary>Reads all tokens so far anew: the longer text rotates even its first tokens otherwise.</summary>
    private Tensor Reread(Tensor tokens, ReadOnlySpan<int> lengths, KeyValueCache cache)
    {
        var starts = cache.Lengths.ToArray();
        var (all, totals) = cache.Whole(tokens, lengths);
        cache.Clear();
        var hidden = Read(all, totals, cache);
        var first = tensor(Array.ConvertAll(starts, start => (long)start), device: Device).unsqueeze(1);
        var places = first.add(arange(Number.Of(0), Number.Of(tokens.shape[1]), Number.One, ScalarType.Int64, Device), Number.One)
            .clamp_max(Number.Of(hidden.shape[1] - 1));
        return hidden.gather(1, places.unsqueeze(-1).expand(-1, -1, hidden.shape[2]));
    }

    private ForwardPass Begin(long length, ReadOnlySpan<int> lengths, KeyValueCache? cache)
    {
        if (cache is not null)
            return ForwardPass.OfCache(cache, model.Rotary, model.Dtype, lengths, length);
        return ForwardPass.OfRows(model.Rotary, Device, model.Dtype, lengths, length);
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
            throw new ArgumentException($"The cache holds {cache.Capacity} tokens a row, {cache.LongestAfter(lengths)} are needed.",
                nameof(cache));
    }
}
