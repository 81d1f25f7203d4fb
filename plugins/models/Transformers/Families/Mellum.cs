using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Mellum 2: Qwen 3 with experts, windows in most blocks and a rotation for each kind of them.</summary>
internal static class Mellum
{
    public static Family Row { get; } = new("mellum")
    {
        Class = "MellumForCausalLM",
        GgufFault = GgufNotes.Unwritten,
        Idle = ["num_nextn_predict_layers", "mtp_layer_types", "mtp_mlp_layer_types"],
        Ends = Qwen3Moe.Row.Ends,
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Rms("input_layernorm"), c.Rms("post_attention_layernorm")),
            Mixer = new FullAttention(c)
            {
                QkvBias = c.HasBias(Keys.AttentionBias),
                OutputBias = c.HasBias(Keys.AttentionBias),
                QueryNorm = c.QueryNorm(c.HeadWidth),
                KeyNorm = c.KeyNorm(c.HeadWidth),
                Window = c.WindowOf(i, _ => false),
                Rotary = new Rotary(c).Of(c.IsSliding(i, _ => false)),
            },
            Feed = c.IsBeforeExperts(i) ? new Gated(c, c.Activation(Activation.Silu)) : new Experts(c.Router(RouterScore.Softmax) with
            {
                Normalized = c.Flag(Keys.NormalizesExperts, otherwise: true),
            }, c.ExpertWidth(), c.Activation(Activation.Silu)),
        },
    };
}
