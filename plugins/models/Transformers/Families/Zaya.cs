using LlmKick.Sdk;
using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>ZAYA1 (arXiv 2511.17127): compressed convolutional attention, one expert or none by a router that remembers the last block's,
/// and learned shifts and scales of both sides of every addition.</summary>
internal static class Zaya
{
    private const string Full = "hybrid";
    private const string Sliding = "hybrid_sliding";

    public static Family Row { get; } = new("zaya")
    {
        Class = "ZayaForCausalLM",
        Ends = c => new()
        {
            EmbeddingShift = new("input_hidden_states", c.Width),
            FinalNorm = Norm(c, "norm"),
            Tied = c.IsTied(),
            HeadBias = c.Fields.Flag("lm_head_bias") ?? false,
        },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(Norm(c, "input_layernorm"), Norm(c, "post_attention_layernorm")) with
            {
                Shifts = [.. new[] { "post_attention", "post_mlp" }.SelectMany(part => new[] { "hidden_states", "residual" }
                    .Select(side => new ShiftSpec($"{part}_residual_scale.{side}", c.Width)))],
            },
            Mixer = new CompressedAttention(
                new FullAttention(c)
                {
                    Window = IsSliding(c, i) ? c.Window : null,
                    Rotary = new Rotary(c) { Base = IsSliding(c, i) ? 1e4 : 5e6, Share = 0.5, Kinds = (Sliding, Full) }.Of(IsSliding(c, i)),
                }, c.Width, Taps(c, "cca_time0"), Taps(c, "cca_time1")).Checked(c),
            Feed = new Experts(Router(c, i), c.ExpertWidth(), c.Activation(Activation.Silu)),
        },
    };

    private static RouterSpec Router(ModelConfig c, int block)
    {
        var inner = c.Fields.Need(c.Fields.Size("router_hidden_size"), "router_hidden_size");
        return c.Router(RouterScore.Softmax) with
        {
            Name = "mlp.gate.down_proj",
            HasBias = true,
            Correction = "mlp.gate.balancing_biases",
            MayChooseNone = true,
            Mlp = new RouterMlpSpec(inner, "mlp.gate.router_mlp", Norm(c, "mlp.gate.router_mlp.norm") with { Width = inner })
            {
                Memory = block == 0 ? null : new("mlp.gate.router_states_scale", inner, 1),
            },
        };
    }

    private static int Taps(ModelConfig c, string key) => c.Fields.Size(key, 64) ?? 2;

    private static bool IsSliding(ModelConfig c, int block) => c.BlockType(block) switch
    {
        null or Full => false,
        Sliding => true,
        var other => throw new LlmKickException(
            $"'{c.Path}' has blocks of the type '{other}', which is not supported here; supported: {Full}, {Sliding}."),
    };

    private static NormSpec Norm(ModelConfig c, string name) => new(name, c.Width, c.Number(Keys.RmsEpsilon, 1e-5));
}
