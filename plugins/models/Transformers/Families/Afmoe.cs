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
        GgufName = "afmoe",
        GgufDenseFirst = true,
        GgufFault = Fault,
        Spellings = ["route_scale", "num_shared_experts"],
        Idle = ["score_func", "load_balance_coeff", "route_norm", "use_grouped_mm", "global_attn_every_n_layers"],
        Ends = c => new()
        {
            EmbeddingScale = c.IsGguf || c.Fields.Flag("mup_enabled") == true ? Math.Sqrt(c.Width) : 1,
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
            Feed = (c.IsGguf ? c.IsBeforeExperts(i) : i < (c.Fields.Count("num_dense_layers") ?? 1))
                ? new Gated(c, c.Activation(Activation.Silu))
                : c.CorrectedExperts("mlp.expert_bias") is var experts ? experts with
                {
                    Router = experts.Router with { Name = "mlp.router.gate", Normalized = true },
                } : experts,
        },
    };

    /// <summary>llama.cpp has the released models' factor of embeddings and kinds of blocks in its code.</summary>
    private static string? Fault(ModelSpec spec) => spec.Ends.EmbeddingScale == 1
        ? "llama.cpp multiplies the embeddings of the architecture 'afmoe' by √(hidden_size), this model does not (mup_enabled)"
        : Enumerable.Range(0, spec.BlockCount).Any(block => (block + 1) % 4 == 0
            == spec.Block(block).Mixer is FullAttention { Window: not null, Rotary: not null })
        ? "llama.cpp gives all but every fourth block of the architecture 'afmoe' a window and a rotation, this model's blocks are others "
            + "(layer_types)" : null;

    private static bool IsSliding(ModelConfig c, int block) => (block + 1) % (c.Fields.Size("global_attn_every_n_layers") ?? 4) != 0;
}
