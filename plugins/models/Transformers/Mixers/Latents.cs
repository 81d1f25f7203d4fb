using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LlmKick.Transformers.Mixers;

/// <summary>Computes <see cref="LatentAttention"/>; the cache holds c and p of each token.</summary>
internal sealed class Latents(LatentAttention spec, FusedLinear inputs, FusedLinear? queryOut, FusedLinear keysOut,
    FusedLinear output, Norm? queryNorm, Norm keyNorm) : IMixer
{
    public IReadOnlyList<FusedLinear> Linears { get; } = queryOut is null ? [inputs, keysOut, output] : [inputs, queryOut, keysOut, output];

    public KeyValueScheme? KeyValues { get; set; }

    public IEnumerable<(string Name, Tensor Tensor)> Parameters =>
        new[] { queryNorm, keyNorm }.OfType<Norm>().SelectMany(norm => norm.Tensors);

    /// <summary>The norm before; null for the output, whose inputs are values among the rows of keys.</summary>
    public InputSource? SourceOf(FusedLinear linears)
    {
        var norm = linears == queryOut ? queryNorm : linears == keysOut ? keyNorm : null;
        return norm is null ? null : new InputSource(norm.Spec.Name, norm.Weight!) { Readers = linears.Linears };
    }

    public Tensor Forward(Tensor input, ForwardPass pass, Action<LinearGroup, Tensor>? observe)
    {
        using var scope = NewDisposeScope();
        var (batch, length) = (input.shape[0], input.shape[1]);
        var projected = inputs.Forward(input, observe);
        var first = projected.shape[2] - spec.KeyRank - spec.Rotated - spec.GateWidth;
        var queries = Queries(projected.narrow(-1, 0, first), pass, observe);
        var latents = keyNorm.Forward(projected.narrow(-1, first, spec.KeyRank)).unsqueeze(2);
        var places = Turned(projected.narrow(-1, first + spec.KeyRank, spec.Rotated).unsqueeze(2), pass);
        if (KeyValues is { } scheme)
            (latents, places) = (scheme.Round(latents), scheme.Round(places));
        var all = pass.Cache?.Append(pass.Visit, latents, places);
        var (seen, turned) = all is { } history && pass.HasHistory ? history : (latents.transpose(1, 2), places.transpose(1, 2));
        var keysAndValues = keysOut.Forward(seen.squeeze(1), pass.HasHistory ? null : observe)
            .view(batch, seen.shape[2], spec.Heads, spec.Plain + spec.ValueWidth).transpose(1, 2);
        var keys = cat([keysAndValues.narrow(-1, 0, spec.Plain), turned.expand(-1, spec.Heads, -1, -1)], -1);
        var mask = pass.Mask(null, null);
        var mixed = functional.scaled_dot_product_attention(queries.transpose(1, 2), keys,
            keysAndValues.narrow(-1, spec.Plain, spec.ValueWidth), mask, is_casual: mask is null && !pass.HasHistory);
        return output.Forward(Gated(mixed.transpose(1, 2), projected).reshape(batch, length, -1), observe).MoveToOuterDisposeScope();
    }

    /// <summary>Heads, [batch, length, heads, value width], by the gate, whose numbers are projected last.</summary>
    private Tensor Gated(Tensor heads, Tensor projected) => spec.Gate is not { } gate ? heads
        : heads * gate.Activation.Apply(projected.narrow(-1, projected.shape[2] - spec.GateWidth, spec.GateWidth)
            .unflatten(2, [spec.Heads, -1]).clone());

    /// <summary>[batch, length, heads, key width], scaled as the kernel does not by itself.</summary>
    private Tensor Queries(Tensor own, ForwardPass pass, Action<LinearGroup, Tensor>? observe)
    {
        var heads = (queryOut is null ? own : queryOut.Forward(queryNorm!.Forward(own), observe))
            .view(own.shape[0], own.shape[1], spec.Heads, spec.KeyWidth);
        var turned = cat([heads.narrow(-1, 0, spec.Plain), Turned(heads.narrow(-1, spec.Plain, spec.Rotated), pass)], -1);
        return spec.Scale is { } scale ? turned.mul_(Number.Of(scale * Math.Sqrt(spec.KeyWidth))) : turned;
    }

    private Tensor Turned(Tensor heads, ForwardPass pass) => spec.Rotary is { } rotary ? pass.Angles(rotary).Rotate(heads) : heads;
}
