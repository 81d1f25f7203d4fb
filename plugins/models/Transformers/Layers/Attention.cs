using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Configuration;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LlmKick.Transformers.Layers;

/// <summary>Causal self-attention with rotary positions and grouped queries.</summary>
internal sealed class Attention(TransformerConfig config, FusedLinear qkv, FusedLinear output)
{
    private readonly long _queriesPerKey = config.Heads / config.KeyValueHeads;

    public IReadOnlyList<FusedLinear> Linears { get; } = [qkv, output];

    /// <summary>How keys and values are rounded; null where they are not.</summary>
    public KeyValueScheme? KeyValues { get; set; }

    /// <summary>The values' rows, which the output's inputs are proportional to; null where several queries share one.</summary>
    public InputSource? OutputSource => _queriesPerKey == 1 ? qkv.SourceOf(2, output) : null;

    /// <summary>[batch, length, width] to [batch, length, width].</summary>
    public Tensor Forward(Tensor input, ForwardPass pass, int block, Action<LinearGroup, Tensor>? observe)
    {
        using var scope = NewDisposeScope();
        var (batch, length) = (input.shape[0], input.shape[1]);
        var heads = qkv.Forward(input, observe).view(batch, length, -1, config.HeadWidth);
        var rotated = pass.Angles.Rotate(heads.narrow(2, 0, config.Heads + config.KeyValueHeads));
        var queries = rotated.narrow(2, 0, config.Heads);
        var keys = rotated.narrow(2, config.Heads, config.KeyValueHeads);
        var values = heads.narrow(2, config.Heads + config.KeyValueHeads, config.KeyValueHeads);
        if (KeyValues is { } scheme)
            (keys, values) = (scheme.Round(keys), scheme.Round(values));
        var seen = Attend(queries, keys, values, pass, block).reshape(batch, length, -1);
        return output.Forward(seen, observe).MoveToOuterDisposeScope();
    }

    // All are [batch, length, heads, head width], the result too.
    private Tensor Attend(Tensor queries, Tensor keys, Tensor values, ForwardPass pass, int block)
    {
        var all = pass.Cache?.Append(block, keys, values);
        return all is { } history && pass.HasHistory
            ? AttendToAll(queries, history.Keys, history.Values, pass.Mask)
            : AttendToOwn(queries, keys, values);
    }

    // Rows are padded at the end, where causal attention never looks.
    private Tensor AttendToOwn(Tensor queries, Tensor keys, Tensor values) => functional.scaled_dot_product_attention(
        queries.transpose(1, 2), Repeat(keys).transpose(1, 2), Repeat(values).transpose(1, 2), is_casual: true).transpose(1, 2);

    private Tensor Repeat(Tensor heads)
    {
        var (batch, length) = (heads.shape[0], heads.shape[1]);
        return _queriesPerKey == 1
            ? heads
            : heads.unsqueeze(3).expand(-1, -1, -1, _queriesPerKey, -1).reshape(batch, length, config.Heads, config.HeadWidth);
    }

    // The queries that share a key are stacked as if they were further positions, so that keys need not be repeated.
    private Tensor AttendToAll(Tensor queries, Tensor keys, Tensor values, Tensor? mask)
    {
        var (batch, length) = (queries.shape[0], queries.shape[1]);
        var stacked = queries.transpose(1, 2).reshape(batch, config.KeyValueHeads, _queriesPerKey * length, config.HeadWidth);
        var stackedMask = length == 1 ? mask : mask?.repeat(1, 1, _queriesPerKey, 1);
        return functional.scaled_dot_product_attention(stacked, keys, values, stackedMask)
            .view(batch, config.Heads, length, config.HeadWidth).transpose(1, 2);
    }
}
