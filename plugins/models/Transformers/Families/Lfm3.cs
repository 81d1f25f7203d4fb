using LlmKick.Sdk;
using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>LFM3: LFM2 with longer convolutions, norms after both parts too, windows, and a gate a head.</summary>
internal static class Lfm3
{
    public static Family Row { get; } = new("lfm3")
    {
        Class = "Lfm3ForCausalLM",
        TiedUnlessSaid = true,
        Idle = Lfm2.Row.Idle,
        Ends = Lfm2.Row.Ends,
        Block = (c, i) => new()
        {
            Flow = c.Fields.Flag("use_sandwich_norm") ?? true
                ? Flow.Around(c.Rms("operator_norm"), c.Rms("post_operator_norm"), c.Rms("ffn_norm"), c.Rms("post_ffn_norm"))
                : Flow.Before(c.Rms("operator_norm"), c.Rms("ffn_norm")),
            Mixer = Kind(c, i) switch
            {
                "conv" => new ShortConvolution(c.Width, c.Fields.Size("conv_L_cache") ?? 7)
                {
                    HasBias = c.Fields.Flag("conv_bias") ?? false,
                },
                var kind => Attention(c, kind == "sliding_attention"),
            },
            Feed = new Gated(c, Activation.Silu) { Gate = "feed_forward.w1", Up = "feed_forward.w3", Down = "feed_forward.w2" },
        },
    };

    private static FullAttention Attention(ModelConfig c, bool sliding) => new(c)
    {
        QkvBias = c.HasBias(Keys.AttentionBias),
        OutputBias = c.HasBias(Keys.AttentionBias),
        QueryNorm = c.QueryNorm(c.HeadWidth),
        KeyNorm = c.KeyNorm(c.HeadWidth),
        Gate = c.Fields.Flag("use_attention_gate") ?? true ? new OutputGate("gate_proj", IsOfHead: true, Activation.Sigmoid) : null,
        Window = sliding ? c.Window : null,
        Rotary = new Rotary(c).Of(sliding),
    };

    private static string Kind(ModelConfig c, int block) => c.BlockType(block) switch
    {
        null => block % 4 == 2 ? "full_attention" : block % 4 == 0 && block > 0 ? "sliding_attention" : "conv",
        ("conv" or "full_attention" or "sliding_attention") and var kind => kind,
        var other => throw new LlmKickException($"'{c.Path}' has blocks of the type '{other}', which is not supported here; supported: "
            + "conv, full_attention, sliding_attention."),
    };
}
