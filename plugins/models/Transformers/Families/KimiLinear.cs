using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;

namespace LlmKick.Transformers.Families;

/// <summary>Kimi Linear (arXiv 2510.26692): Kimi delta attention in three of four blocks, latent attention without positions in the others,
/// DeepSeek V3's experts.</summary>
internal static class KimiLinear
{
    public static Family Row { get; } = new("kimi_linear")
    {
        Class = "KimiLinearForCausalLM",
        GgufName = "kimi-linear",
        GgufDenseFirst = true,
        GgufFault = Fault,
        GgufNote = GgufNotes.Latents,
        Spellings = ["num_experts_per_token", "num_shared_experts", "moe_renormalize", "num_expert_group",
            "model_max_length"],
        Idle = [.. DeepSeekV3.Row.Idle, "moe_router_activation_func", "mla_use_nope", "use_grouped_topk", "rope_theta", "rope_parameters"],
        Ends = c => new() { FinalNorm = c.Rms("norm"), Tied = c.IsTied() },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Rms("input_layernorm"), c.Rms("post_attention_layernorm")),
            Mixer = (c.IsGguf ? c.HasNoKeys : c.IsLinear(i, block => IsLinear(c, block)))
                ? new KimiDelta(c) { IsLowRank = true, HasPaddedDecay = true }
                : new LatentAttention(c) { IsApartInGguf = !c.HasTensor($"blk.{i}.attn_kv_b.weight") },
            // Published files have the dense part as mlp, the library writes it beside the experts.
            Feed = c.IsBeforeExperts(i) ? Part(c, "block_sparse_moe", c.FeedForwardWidth) with { OtherModule = "mlp" } : Of(c),
        },
    };

    private static Experts Of(ModelConfig c) => c.CorrectedExperts("block_sparse_moe.gate.e_score_correction_bias") is var experts
        ? experts with
        {
            Router = experts.Router with { Name = "block_sparse_moe.gate" },
            Module = "block_sparse_moe.experts",
            Gate = "w1",
            Up = "w3",
            Down = "w2",
            Shared = c.SharedExpert("block_sparse_moe.shared_experts", c.SharedWidth(), c.Activation(Activation.Silu)),
        } : experts;

    /// <summary>llama.cpp has as many heads in all blocks, and makes queries of the input.</summary>
    private static string? Fault(ModelSpec spec)
    {
        var mixers = Enumerable.Range(0, spec.BlockCount).Select(block => spec.Block(block).Mixer).ToList();
        if (mixers.OfType<LatentAttention>().FirstOrDefault() is not { } latent
            || mixers.OfType<KimiDelta>().FirstOrDefault() is not { } delta)
            return "llama.cpp knows Kimi Linear with latent attention and recurrent blocks, and this model has one of them alone";
        if (latent.HasBias)
            return "llama.cpp knows no biases in latent attention, and this model has some (attention_bias)";
        if (latent.QueryRank is { } rank)
            return $"llama.cpp makes the queries of Kimi Linear of the input, this model of a vector of {rank} numbers (q_lora_rank)";
        if (latent.Heads != delta.Heads)
            return $"llama.cpp has as many heads in all blocks of Kimi Linear, this model has {latent.Heads} and {delta.Heads}";
        if (spec.IsTied)
            return "llama.cpp wants a head beside the embedding in the architecture 'kimi-linear', and this model's is the embedding";
        return GgufNotes.ExpertsOf(spec).Any(experts => experts.Shared is null)
            ? "llama.cpp wants shared experts in the architecture 'kimi-linear', and this model has none"
            : GgufNotes.UnlessExpertsSumToOne(spec, isOne: true);
    }

    private static Gated Part(ModelConfig c, string module, int width) => new(c.Width, width, c.Activation(Activation.Silu))
    {
        Gate = $"{module}.gate_proj",
        Up = $"{module}.up_proj",
        Down = $"{module}.down_proj",
    };

    /// <summary>Published files list such blocks, counted from 1.</summary>
    private static bool IsLinear(ModelConfig c, int block) =>
        c.Fields.Section("linear_attn_config")?.Numbers("kda_layers") is { } listed ? listed.Contains(block + 1) : block % 4 != 3;
}
