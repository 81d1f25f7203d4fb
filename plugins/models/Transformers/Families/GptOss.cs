using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>gpt-oss (arXiv 2508.10925): a sink a head, windows in every other block, experts with biases whose gate and up are cut
/// off.</summary>
internal static class GptOss
{
    public static Family Row { get; } = new("gpt_oss")
    {
        Class = "GptOssForCausalLM",
        GgufName = "gpt-oss",
        Spellings = ["num_local_experts"],
        GgufKeepsYarnBorders = true,
        GgufNote = GgufNotes.YarnBorders,
        GgufFault = spec => spec.Block(0).Feed is Experts { Limit: 7 } ? null
            : "llama.cpp cuts gpt-oss' experts off at 7, this model's swiglu_limit is another",
        Idle = ["hidden_act", "experts_per_token", "initial_context_length", "swiglu_alpha"],
        Ends = c => new() { FinalNorm = c.Rms("norm"), Tied = c.IsTied() },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Rms("input_layernorm"), c.Rms("post_attention_layernorm") with { Gguf = "post_attention_norm" }),
            Mixer = new FullAttention(c)
            {
                QkvBias = c.HasBias(Keys.AttentionBias, otherwise: true),
                OutputBias = c.HasBias(Keys.AttentionBias, otherwise: true),
                Sinks = "sinks",
                Window = c.WindowOf(i, block => block % 2 == 0),
                Rotary = new Rotary(c) { Base = 150000, Truncates = false }.Of(),
            },
            Feed = new Experts(c.Router(RouterScore.SoftmaxOfChosen) with { Name = "mlp.router", HasBias = true }, c.FeedForwardWidth,
                Activation.Silu)
            {
                HasBias = true,
                Limit = c.Fields.Number("swiglu_limit") ?? 7,
                Stacks = [Stack with { Transposed = true }, Stack with { IsMxfp4 = true }],
            },
        },
    };

    private static ExpertStack Stack => new("mlp.experts.gate_up_proj", "mlp.experts.down_proj") { Interleaved = true };
}
