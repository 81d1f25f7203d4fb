using LlmKick.Sdk;
using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;

namespace LlmKick.Transformers.Families;

/// <summary>DeepSeek V2 (arXiv 2405.04434): latent attention, experts weighed by a softmax that is not made to sum to 1.</summary>
internal static class DeepSeekV2
{
    public static Family Row { get; } = new("deepseek_v2")
    {
        Class = "DeepseekV2ForCausalLM",
        GgufName = "deepseek2",
        GgufDenseFirst = true,
        GgufFault = GgufNotes.LatentFault,
        GgufNote = GgufNotes.Latents,
        Spellings = ["n_routed_experts"],
        Idle = [.. DeepSeekV3.Row.Idle, "norm_topk_prob", "aux_loss_alpha", "seq_aux"],
        Ends = DeepSeekV3.Row.Ends,
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Rms("input_layernorm"), c.Rms("post_attention_layernorm")),
            Mixer = c.Latents(i, interleaved: null),
            Feed = c.IsBeforeExperts(i) ? new Gated(c, c.Activation(Activation.Silu)) { HasBias = c.HasBias(Keys.FeedForwardBias) } : Of(c),
        },
    };

    private static Experts Of(ModelConfig c) => new((InGroups(c) ? c.Router(RouterScore.Softmax).InGroups(c)
        : c.Router(RouterScore.Softmax)) with
    {
        GroupBest = 1,
        Factor = c.Number(Keys.ExpertFactor, 1),
    }, c.ExpertWidth(), c.Activation(Activation.Silu))
    {
        Shared = c.SharedExpert("mlp.shared_experts", c.SharedWidth(), c.Activation(Activation.Silu)),
    };

    private static bool InGroups(ModelConfig c)
    {
        if (c.IsGguf)
            return true;
        c.Fields.Skip(Keys.ExpertGroups.Spellings);
        c.Fields.Skip(Keys.ExpertGroupsPerToken.Spellings);
        return c.Fields.Text("topk_method") switch
        {
            null or "greedy" => false,
            "group_limited_greedy" => true,
            var other => throw new LlmKickException($"'{c.Path}' chooses experts by '{other}' (topk_method), which is not supported; "
                + "supported: greedy, group_limited_greedy."),
        };
    }
}
