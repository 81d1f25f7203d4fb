using LlmKick.Transformers.Layers;

namespace LlmKick.Transformers.Blocks;

/// <summary>How hidden states pass a block's mixer and feed-forward part.</summary>
/// <param name="Kind">Where the norms stand.</param>
/// <param name="Norms">The norms, in the order in which they are reached.</param>
internal sealed record Flow(FlowKind Kind, IReadOnlyList<NormSpec> Norms)
{
    /// <summary>What both parts' outputs are multiplied by before they are added.</summary>
    public double Residual { get; init; } = 1;

    /// <summary>λ in <see cref="FlowKind.Towards"/>, one number a channel; null for none.</summary>
    public ScaleSpec? Step { get; init; }

    /// <summary>In <see cref="FlowKind.Before"/>, what is made of the mixer's output and of what it is added to, then of the feed-forward
    /// part's, before each addition; empty for nothing.</summary>
    public IReadOnlyList<ShiftSpec> Shifts { get; init; } = [];

    /// <summary>Whether outputs are added to the normed states that the parts read (Bloom's
    /// <c>apply_residual_connection_post_layernorm</c>).</summary>
    public bool AddsToNormed { get; init; }

    public static Flow Before(NormSpec mixer, NormSpec feed) => Of(FlowKind.Before, (mixer, "attn_norm"), (feed, "ffn_norm"));

    public static Flow After(NormSpec mixer, NormSpec feed) => Of(FlowKind.After, (mixer, "post_attention_norm"), (feed, "post_ffw_norm"));

    public static Flow Around(NormSpec mixer, NormSpec afterMixer, NormSpec feed, NormSpec afterFeed) => Of(
        FlowKind.Around, (mixer, "attn_norm"), (afterMixer, "post_attention_norm"), (feed, "ffn_norm"), (afterFeed, "post_ffw_norm"));

    public static Flow Parallel(NormSpec both) => Of(FlowKind.Parallel, (both, "attn_norm"));

    public static Flow Parallel(NormSpec mixer, NormSpec feed) => Of(FlowKind.Parallel, (mixer, "attn_norm"), (feed, "attn_norm_2"));

    public static Flow Closing(NormSpec mixer, NormSpec feed) =>
        Of(FlowKind.Closing, (mixer, "attn_output_norm"), (feed, "layer_output_norm"));

    public static Flow Alone(NormSpec norm) => Of(FlowKind.Alone, (norm, "attn_norm"));

    public static Flow Towards(NormSpec norm, ScaleSpec step) => new(FlowKind.Towards, [norm]) { Step = step };

    private static Flow Of(FlowKind kind, params IEnumerable<(NormSpec Norm, string Gguf)> norms) =>
        new(kind, [.. norms.Select(row => row.Norm.Gguf is null ? row.Norm with { Gguf = row.Gguf } : row.Norm)]);
}
