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
        GgufName = "mellum",
        GgufFault = Fault,
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
                // In GGUF files what scales the rotation is that of blocks without a window alone, and the base that of all.
                Rotary = new Rotary(c) { LocalBase = c.IsGguf ? c.Number(Keys.RotaryBase) : null }.Of(c.IsSliding(i, _ => false)),
            },
            Feed = c.IsBeforeExperts(i) ? new Gated(c, c.Activation(Activation.Silu)) : new Experts(c.Router(RouterScore.Softmax) with
            {
                Normalized = c.IsGguf || c.Flag(Keys.NormalizesExperts, otherwise: true),
            }, c.ExpertWidth(), c.Activation(Activation.Silu)),
        },
    };

    /// <summary>llama.cpp has one base for all blocks, and none of the dense ones.</summary>
    private static string? Fault(ModelSpec spec)
    {
        var rotations = Enumerable.Range(0, spec.BlockCount).Select(block => (FullAttention)spec.Block(block).Mixer).ToList();
        if (rotations.Select(attention => attention.Rotary!.Base).Distinct().Count() > 1)
            return "llama.cpp rotates all blocks of the architecture 'mellum' with one base, this model those with a window with another "
                + "(rope_parameters)";
        if (rotations.Exists(attention => attention.Window is not null && attention.Rotary!.Scaling is not null))
            return "llama.cpp does not scale the rotation of blocks with a window in the architecture 'mellum', this model does";
        return spec.IsTied ? "llama.cpp wants a head beside the embedding in the architecture 'mellum', and this model's is the embedding"
            : GgufNotes.UnlessExpertsSumToOne(spec, isOne: true);
    }
}
