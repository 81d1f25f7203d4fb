using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Mixers;

/// <summary>Computes <see cref="CompressedAttention"/>.</summary>
/// <param name="spec">What it is.</param>
/// <param name="inputs">The linears that read the input.</param>
/// <param name="output">The one that reads the heads' outputs.</param>
/// <param name="others">In the order of <see cref="CompressedAttention.Others"/>.</param>
internal sealed class CompressedHeads(CompressedAttention spec, FusedLinear inputs, FusedLinear output, IReadOnlyList<Tensor> others)
    : IMixer
{
    private readonly long _heads = spec.Attention.Heads;
    private readonly long _keyHeads = spec.Attention.KeyValueHeads;
    private readonly long _width = spec.Attention.HeadWidth;
    private readonly Scores _scores = new(spec.Attention, null);

    public IReadOnlyList<FusedLinear> Linears { get; } = [inputs, output];

    public KeyValueScheme? KeyValues { get; set; }

    public IEnumerable<(string Name, Tensor Tensor)> Parameters => spec.Others.Zip(others, (own, tensor) => (own.Name, tensor));

    public InputSource? SourceOf(FusedLinear linears) => null;

    public Tensor Forward(Tensor input, ForwardPass pass, Action<LinearGroup, Tensor>? observe)
    {
        using var scope = NewDisposeScope();
        var projected = inputs.Forward(input, observe);
        var (queries, keys, values) = Made(projected, pass);
        if (spec.Rotary is { } rotary)
            (queries, keys) = (pass.Angles(rotary).Rotate(queries), pass.Angles(rotary).Rotate(keys));
        if (KeyValues is { } scheme)
            (keys, values) = (scheme.Round(keys), scheme.Round(values));
        var all = pass.Cache?.Append(pass.Visit, keys, values);
        var seen = all is { } history && pass.HasHistory ? _scores.AttendToAll(queries, history.Keys, history.Values, pass)
            : _scores.AttendToOwn(queries, keys, values, pass);
        return output.Forward(seen.reshape(input.shape[0], input.shape[1], -1), observe).MoveToOuterDisposeScope();
    }

    /// <summary>Queries, keys and values before they are rotated, [batch, length, heads, head width].</summary>
    private (Tensor Queries, Tensor Keys, Tensor Values) Made(Tensor projected, ForwardPass pass)
    {
        var (length, both) = (projected.shape[1], (long)spec.Queries + spec.Keys);
        var delayed = projected.narrow(-1, projected.shape[2] - spec.Keys / 2, spec.Keys / 2);
        var kept = cat([projected.narrow(-1, 0, both), delayed], -1).transpose(1, 2);
        var state = pass.Cache?.States(pass.Visit)[0];
        var joined = cat([state ?? zeros([kept.shape[0], kept.shape[1], spec.Before], kept.dtype, kept.device), kept], -1);
        state?.copy_(CausalConvolution.Last(joined, length, spec.Before, pass.Cache!.Counts));
        var late = joined.narrow(1, both, spec.Keys / 2).narrow(2, spec.Before - 1, length).transpose(1, 2);
        var values = cat([projected.narrow(-1, both, spec.Keys / 2), late], -1);
        var (queries, keys) = (Heads(projected.narrow(-1, 0, spec.Queries)), Heads(projected.narrow(-1, spec.Queries, spec.Keys)));
        var convolved = Convolved(joined.narrow(1, 0, both).to_type(DecayingState.Exact)).to_type(projected.dtype);
        var means = queries.unflatten(2, [_keyHeads, -1]).add(keys.unsqueeze(3), Number.One).mul_(Number.Of(0.5));
        return (LengthOfRoot(convolved.narrow(2, 0, _heads).add(means.flatten(2, 3), Number.One)),
            LengthOfRoot(convolved.narrow(2, _heads, _keyHeads).add(means.mean([3]), Number.One)).mul_(others[4].unsqueeze(-1)),
            Heads(values));
    }

    /// <summary>Both convolutions over [batch, channels, tokens before and own]; gives [batch, length, heads, head width].</summary>
    private Tensor Convolved(Tensor joined)
    {
        var channels = CausalConvolution.Sum(joined, others[0], others[1]).unflatten(1, [_heads + _keyHeads, _width]);
        var (batch, length) = (joined.shape[0], joined.shape[2] - spec.Before);
        var seen = cat([.. Enumerable.Range(0, spec.HeadTaps).Select(tap => channels.narrow(-1, tap, length))], 2)
            .permute(1, 0, 3, 2).flatten(1, 2);
        var weights = others[2].to_type(DecayingState.Exact).view(-1, _width, _width, spec.HeadTaps).permute(0, 3, 2, 1).flatten(1, 2);
        return bmm(seen, weights).view(-1, batch, length, _width).permute(1, 2, 0, 3)
            .add(others[3].to_type(DecayingState.Exact).view(-1, _width), Number.One);
    }

    private Tensor Heads(Tensor numbers) => numbers.reshape(numbers.shape[0], numbers.shape[1], -1, _width);

    /// <summary>Heads of length √(head width).</summary>
    private static Tensor LengthOfRoot(Tensor heads)
    {
        var wide = heads.to_type(ScalarType.Float32);
        return wide.mul(wide.pow(Number.Of(2)).mean([-1], keepdim: true).clamp_min_(Number.Of(1e-24)).rsqrt_()).to_type(heads.dtype);
    }
}
