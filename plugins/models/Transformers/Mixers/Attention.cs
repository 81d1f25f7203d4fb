using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LlmKick.Transformers.Mixers;

/// <summary>Computes <see cref="FullAttention"/>.</summary>
internal sealed class Attention(FullAttention spec, FusedLinear inputs, FusedLinear output, Norm? queryNorm, Norm? keyNorm,
    Norm? valueNorm, Tensor? sinks) : IMixer
{
    private readonly long _heads = spec.Heads;
    private readonly long _keyHeads = spec.KeyValueHeads;
    private readonly long _headWidth = spec.HeadWidth;
    private readonly Scores _scores = new(spec, sinks);

    public Norm? OutputNorm { get; init; }

    public Scale? QueryScale { get; init; }

    public Scale? GateScale { get; init; }

    public IReadOnlyList<FusedLinear> Linears { get; } = [inputs, output];

    public KeyValueScheme? KeyValues { get; set; }

    public IEnumerable<(string Name, Tensor Tensor)> Parameters =>
        new[] { queryNorm, keyNorm, valueNorm, OutputNorm }.OfType<Norm>().SelectMany(norm => norm.Tensors)
            .Concat(Scale.All(QueryScale, GateScale)).Concat(sinks is null ? [] : [($"{spec.Module}.{spec.Sinks}", sinks)]);

    /// <summary>Whether it looks at the keys of another block.</summary>
    public Func<Tensor, ForwardPass, Tensor>? From(FusedLinear linears) => linears != inputs || spec.KeysOf is not null ? null
        : (input, pass) => Forward(input, pass, null);

    /// <summary>The values' rows, which the output's inputs are proportional to; null where several queries share one or something stands
    /// between.</summary>
    public InputSource? SourceOf(FusedLinear linears) =>
        linears == output && _heads == _keyHeads && inputs.Linears.Count == 3 && spec.Gate is null && valueNorm is null
            && OutputNorm is null && spec.Clip is null && spec.KeysOf is null && !spec.IsLookedAt
            ? new InputSource(inputs.Linears[2], inputs.Bias(2)) { Readers = output.Linears }
            : null;

    public Tensor Forward(Tensor input, ForwardPass pass, Action<LinearGroup, Tensor>? observe)
    {
        using var scope = NewDisposeScope();
        var (batch, length) = (input.shape[0], input.shape[1]);
        var (projected, gate) = Gated(inputs.Forward(input, observe));
        if (spec.Clip is { } clip)
            projected.clamp_(Number.Of(-clip), Number.Of(clip));
        var heads = spec.KeysOf is { } other ? AttendToOther(projected, pass, other) : AttendToOwn(projected, pass);
        var seen = (gate is null ? heads : heads * spec.Gate!.Activation.Apply(gate)).reshape(batch, length, -1);
        seen = OutputNorm?.Forward(seen) ?? seen;
        return output.Forward(seen, observe).MoveToOuterDisposeScope();
    }

    /// <summary>The projections without those to the gate, and the gate, [batch, length, heads, head width or 1].</summary>
    private (Tensor Projected, Tensor? Gate) Gated(Tensor projected)
    {
        if (spec.Gate is not { } gate)
            return (projected, null);
        if (gate.IsFirst)
        {
            var own = _heads * _headWidth;
            return (projected.narrow(-1, own, projected.shape[^1] - own).contiguous(),
                projected.narrow(-1, 0, own).unflatten(2, [_heads, -1]).clone());
        }
        if (gate.Name is null)
        {
            var both = projected.narrow(-1, 0, 2 * _heads * _headWidth).unflatten(2, [_heads, 2 * _headWidth]);
            return (cat([both.narrow(-1, 0, _headWidth).flatten(2), projected.narrow(-1, 2 * _heads * _headWidth,
                projected.shape[^1] - 2 * _heads * _headWidth)], -1), both.narrow(-1, _headWidth, _headWidth).clone());
        }
        var count = gate.IsOfHead ? _heads : _heads * _headWidth;
        var gates = projected.narrow(-1, projected.shape[^1] - count, count).clone();
        return (projected.narrow(-1, 0, projected.shape[^1] - count).contiguous(),
            (GateScale?.Apply(gates) ?? gates).unflatten(2, [_heads, -1]));
    }

    private Tensor AttendToOwn(Tensor projected, ForwardPass pass)
    {
        var (queries, keys, values) = queryNorm is null && keyNorm is null && spec.Fused is null
            && !spec.KeysAreValues ? RotatedTogether(projected, pass) : Apart(projected, pass);
        if (KeyValues is { } scheme)
            (keys, values) = (scheme.Round(keys), scheme.Round(values));
        var all = pass.Cache?.Append(pass.Visit, keys, values);
        if (spec.IsLookedAt)
            pass.Keep(pass.Visit, keys, values);
        return all is { } history && pass.HasHistory
            ? _scores.AttendToAll(queries, history.Keys, history.Values, pass)
            : _scores.AttendToOwn(queries, keys, values, pass);
    }

    private Tensor AttendToOther(Tensor projected, ForwardPass pass, int other)
    {
        var queries = Grown(Positioned(Heads(projected, _heads), queryNorm, pass), pass);
        if (pass is { Cache: { } cache, HasHistory: true })
            return _scores.AttendToAll(queries, cache.Read(other).Keys, cache.Read(other).Values, pass);
        var (keys, values) = pass.Kept[other];
        return _scores.AttendToOwn(queries, keys, values, pass);
    }

    private (Tensor Queries, Tensor Keys, Tensor Values) RotatedTogether(Tensor projected, ForwardPass pass)
    {
        var heads = projected.view(projected.shape[0], projected.shape[1], -1, _headWidth);
        var both = heads.narrow(2, 0, _heads + _keyHeads);
        var rotated = spec.Rotary is { } rotary ? pass.Angles(rotary).Rotate(both) : both;
        var values = heads.narrow(2, _heads + _keyHeads, _keyHeads);
        return (Grown(rotated.narrow(2, 0, _heads), pass), rotated.narrow(2, _heads, _keyHeads), valueNorm?.Forward(values) ?? values);
    }

    private (Tensor Queries, Tensor Keys, Tensor Values) Apart(Tensor projected, ForwardPass pass)
    {
        var (queries, keys, values) = Split(projected);
        var normed = valueNorm?.Forward(Heads(values, _keyHeads)) ?? Heads(values, _keyHeads);
        return (Grown(Positioned(queries, queryNorm, pass), pass), Positioned(keys, keyNorm, pass), normed);
    }

    /// <summary>Queries, keys and values, [batch, length, numbers] each.</summary>
    private (Tensor Queries, Tensor Keys, Tensor Values) Split(Tensor projected)
    {
        var (queries, keys) = (_heads * _headWidth, _keyHeads * _headWidth);
        if (spec is { Fused: not null, Order: FusedOrder.Groups })
        {
            var groups = projected.view(projected.shape[0], projected.shape[1], _keyHeads, -1, _headWidth);
            var perKey = _heads / _keyHeads;
            return (groups.narrow(3, 0, perKey).flatten(2), groups.narrow(3, perKey, 1).flatten(2),
                groups.narrow(3, perKey + 1, 1).flatten(2));
        }
        var own = projected.narrow(-1, queries, keys);
        return (projected.narrow(-1, 0, queries), own, spec.KeysAreValues ? own : projected.narrow(-1, queries + keys, keys));
    }

    private Tensor Heads(Tensor numbers, long count) => numbers.dim() == 4 ? numbers
        : numbers.reshape(numbers.shape[0], numbers.shape[1], count, _headWidth);

    private Tensor Positioned(Tensor numbers, Norm? norm, ForwardPass pass)
    {
        var count = numbers.dim() == 4 ? numbers.shape[2] : numbers.shape[2] / _headWidth;
        if (norm is not null && norm.Spec.Width != _headWidth)
            return Rotated(Heads(norm.Forward(numbers), count), pass);
        var heads = Heads(numbers, count);
        return spec.RotatesFirst ? Normed(Rotated(heads, pass), norm) : Rotated(Normed(heads, norm), pass);
    }

    private static Tensor Normed(Tensor heads, Norm? norm) => norm?.Forward(heads) ?? heads;

    private Tensor Rotated(Tensor heads, ForwardPass pass) => spec.Rotary is { } rotary ? pass.Angles(rotary).Rotate(heads) : heads;

    private Tensor Grown(Tensor queries, ForwardPass pass)
    {
        if (QueryScale is not null)
            queries = QueryScale.Apply(queries.flatten(2)).view(queries.shape);
        if (spec.Growth is not { } growth)
            return queries;
        var turns = pass.Positions.add(Number.Of(growth.First), Number.One).to_type(ScalarType.Float32)
            .div(Number.Of(growth.OriginalContext)).floor_();
        var factors = turns.add_(Number.One, Number.One).log_().mul_(Number.Of(growth.Beta)).add_(Number.One, Number.One);
        return queries * factors.to_type(queries.dtype).unsqueeze(-1).unsqueeze(-1);
    }
}
