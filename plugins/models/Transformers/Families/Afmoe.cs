using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Arcee's Trinity: norms around both parts, a gate, rotation in blocks with a window alone, a dense part first, then experts with
/// a correction of the choice.</summary>
internal static class Afmoe
{
    public static Family Row { get; } = new("afmoe")
    {
        Class = "AfmoeForCausalLM",
        GgufFault = GgufNotes.Unwritten,
        Idle = ["score_func", "load_balance_coeff", "route_norm", "use_grouped_mm", "global_attn_every_n_layers"],
        Ends = c => new()
        {
            EmbeddingScale = c.Fields.Flag("mup_enabled") == true ? Math.Sqrt(c.Width) : 1,
            FinalNorm = c.Rms("norm"),
            Tied = c.IsTied(),
        },
        Block = (c, i) => new()
        {
            Flow = Flow.Around(c.Rms("input_layernorm"), c.Rms("post_attention_layernorm"), c.Rms("pre_mlp_layernorm"),
                c.Rms("post_mlp_layernorm")),
            Mixer = new FullAttention(c)
            {
                QueryNorm = c.QueryNorm(c.HeadWidth),
                KeyNorm = c.KeyNorm(c.HeadWidth),
                Gate = new OutputGate("gate_proj", IsOfHead: false, Activation.Sigmoid),
                Window = c.WindowOf(i, block => IsSliding(c, block)),
                Rotary = c.IsSliding(i, block => IsSliding(c, block)) ? new Rotary(c).Of() : null,
            },
            Feed = i < (c.Fields.Count("num_dense_layers") ?? 1) ? new Gated(c, c.Activation(Activation.Silu))
                : c.CorrectedExperts("mlp.expert_bias") is var experts ? experts with
                {
                    Router = experts.Router with { Name = "mlp.router.gate", Normalized = true },
                } : experts,
        },
    };

    private static bool IsSliding(ModelConfig c, int block) => (block + 1) % (c.Fields.Size("global_attn_every_n_layers") ?? 4) != 0;
}
