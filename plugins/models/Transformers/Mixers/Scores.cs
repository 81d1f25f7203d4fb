using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LlmKick.Transformers.Mixers;

/// <summary>Scores of queries against keys, and the values that they weigh: by the fused kernel, or plainly where scores are
/// bent.</summary>
internal sealed class Scores(FullAttention spec)
{
    private readonly long _heads = spec.Heads;
    private readonly long _keyHeads = spec.KeyValueHeads;
    private readonly long _headWidth = spec.HeadWidth;
    private readonly long _queriesPerKey = spec.Heads / spec.KeyValueHeads;

    /// <summary>The tokens of one pass among themselves. Rows are padded at the end, where causal attention never looks.</summary>
    /// <returns>All are [batch, length, heads, head width], the result too.</returns>
    public Tensor AttendToOwn(Tensor queries, Tensor keys, Tensor values, ForwardPass pass)
    {
        if (spec.ScoreCap is not null)
            return Stacked(queries, keys.transpose(1, 2), values.transpose(1, 2), pass.Mask(spec.Window, spec.Alibi, always: true)!);
        var mask = pass.Mask(spec.Window, spec.Alibi);
        return functional.scaled_dot_product_attention(
            Scaled(queries).transpose(1, 2), Repeat(keys).transpose(1, 2), Repeat(values).transpose(1, 2), mask,
            is_casual: mask is null).transpose(1, 2);
    }

    /// <summary>Queries, [batch, length, heads, head width], against keys and values of earlier passes too, [batch, key heads, keys, head
    /// width].</summary>
    public Tensor AttendToAll(Tensor queries, Tensor keys, Tensor values, ForwardPass pass) =>
        Stacked(queries, keys, values, pass.Mask(spec.Window, spec.Alibi));

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
        var seen = spec.ScoreCap is { } cap ? Capped(stacked, keys, values, stackedMask, cap)
            : functional.scaled_dot_product_attention(stacked, keys, values, stackedMask);
        return seen.view(batch, _heads, length, _headWidth).transpose(1, 2);
    }

    private Tensor Capped(Tensor queries, Tensor keys, Tensor values, Tensor? mask, double cap)
    {
        using var scope = NewDisposeScope();
        var (batch, length) = (queries.shape[0], queries.shape[2]);
        var products = bmm(queries.flatten(0, 1), keys.transpose(2, 3).flatten(0, 1)).view(batch, _keyHeads, length, -1);
        var scores = products.mul_(Number.Of(1 / (Math.Sqrt(_headWidth) * cap))).tanh_().mul_(Number.Of(cap));
        if (mask is not null)
            scores = scores.add(mask, Number.One);
        var weights = scores.softmax(-1, ScalarType.Float32).to_type(queries.dtype);
        return bmm(weights.flatten(0, 1), values.flatten(0, 1)).view(batch, _keyHeads, length, -1).MoveToOuterDisposeScope();
    }

    /// <summary>The kernel divides by √(head width); what the model wants beside that is done before.</summary>
    private Tensor Scaled(Tensor queries) => spec.Scale is not { } scale || scale * Math.Sqrt(_headWidth) is var factor
        && Math.Abs(factor - 1) < 1e-12
        ? queries
        : queries.mul(Number.Of(scale * Math.Sqrt(_headWidth)));
}
