using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LlmKick.Transformers.Mixers;

/// <summary>Scores of queries against keys, and the values that they weigh: by the fused kernel, or plainly where scores are
/// bent.</summary>
/// <param name="spec">The attention.</param>
/// <param name="sinks">[heads]; null for none.</param>
internal sealed class Scores(FullAttention spec, Tensor? sinks)
{
    private readonly long _heads = spec.Heads;
    private readonly long _keyHeads = spec.KeyValueHeads;
    private readonly long _headWidth = spec.HeadWidth;
    private readonly long _queriesPerKey = spec.Heads / spec.KeyValueHeads;

    /// <summary>Whether scores are more than products under a softmax, which the fused kernel does not know.</summary>
    private bool IsBent => spec.ScoreCap is not null || sinks is not null;

    /// <summary>The tokens of one pass among themselves. Rows are padded at the end, where causal attention never looks.</summary>
    /// <returns>All are [batch, length, heads, head width], the result too.</returns>
    public Tensor AttendToOwn(Tensor queries, Tensor keys, Tensor values, ForwardPass pass)
    {
        if (IsBent)
            return Stacked(queries, keys.transpose(1, 2), values.transpose(1, 2), Mask(pass, always: true)!);
        var mask = Mask(pass);
        return functional.scaled_dot_product_attention(
            Scaled(queries).transpose(1, 2), Repeat(keys).transpose(1, 2), Repeat(values).transpose(1, 2), mask,
            is_casual: mask is null).transpose(1, 2);
    }

    /// <summary>Queries, [batch, length, heads, head width], against keys and values of earlier passes too, [batch, key heads, keys, head
    /// width].</summary>
    public Tensor AttendToAll(Tensor queries, Tensor keys, Tensor values, ForwardPass pass) =>
        Stacked(queries, keys, values, Mask(pass));

    private Tensor? Mask(ForwardPass pass, bool always = false) => pass.Mask(spec.Window, spec.Alibi, spec.Chunk, always);

    private Tensor Repeat(Tensor heads)
    {
        var (batch, length) = (heads.shape[0], heads.shape[1]);
        return _queriesPerKey == 1
            ? heads
            : heads.unsqueeze(3).expand(-1, -1, -1, _queriesPerKey, -1).reshape(batch, length, _heads, _headWidth);
    }

    // The queries that share a key are stacked as if they were further positions, so that keys need not be repeated.
    private Tensor Stacked(Tensor queries, Tensor keys, Tensor values, Tensor? mask)
    {
        var (batch, length) = (queries.shape[0], queries.shape[1]);
        var stacked = Scaled(queries).transpose(1, 2).reshape(batch, _keyHeads, _queriesPerKey * length, _headWidth);
        var stackedMask = mask is null || (length == 1 && mask.shape[1] == 1) ? mask
            : mask.shape[1] == 1 ? mask.repeat(1, 1, _queriesPerKey, 1)
            : mask.reshape(mask.shape[0], _keyHeads, _queriesPerKey * length, -1);
        var seen = IsBent ? Bent(stacked, keys, values, stackedMask)
            : functional.scaled_dot_product_attention(stacked, keys, values, stackedMask);
        return seen.view(batch, _heads, length, _headWidth).transpose(1, 2);
    }

    private Tensor Bent(Tensor queries, Tensor keys, Tensor values, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        var (batch, length) = (queries.shape[0], queries.shape[2]);
        var scores = bmm(queries.flatten(0, 1), keys.transpose(2, 3).flatten(0, 1)).view(batch, _keyHeads, length, -1)
            .mul_(Number.Of(1 / Math.Sqrt(_headWidth)));
        if (spec.ScoreCap is { } cap)
            scores = scores.div_(Number.Of(cap)).tanh_().mul_(Number.Of(cap));
        if (mask is not null)
            scores = scores.add(mask, Number.One);
        var weights = sinks is null ? scores.softmax(-1, ScalarType.Float32)
            : cat([scores, SinkOf(scores)], -1).softmax(-1, ScalarType.Float32).narrow(-1, 0, scores.shape[^1]);
        return bmm(weights.to_type(queries.dtype).flatten(0, 1), values.flatten(0, 1)).view(batch, _keyHeads, length, -1)
            .MoveToOuterDisposeScope();
    }

    /// <summary>The sink of each row of stacked scores, [batch, key heads, rows, 1].</summary>
    private Tensor SinkOf(Tensor scores) => sinks!.to_type(scores.dtype).view(1, _keyHeads, _queriesPerKey, 1, 1)
        .expand(scores.shape[0], -1, -1, scores.shape[2] / _queriesPerKey, -1).reshape(scores.shape[0], _keyHeads, -1, 1);

    /// <summary>The kernel divides by √(head width); what the model wants beside that is done before.</summary>
    private Tensor Scaled(Tensor queries) => spec.Scale is not { } scale || scale * Math.Sqrt(_headWidth) is var factor
        && Math.Abs(factor - 1) < 1e-12
        ? queries
        : queries.mul(Number.Of(scale * Math.Sqrt(_headWidth)));
}
