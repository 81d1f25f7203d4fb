using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;

namespace LlmKick.Transformers.Families;

/// <summary>GLM 4.7 Flash: DeepSeek V3's parts in another size.</summary>
internal static class Glm4MoeLite
{
    public static Family Row { get; } = new("glm4_moe_lite")
    {
        Class = "Glm4MoeLiteForCausalLM",
        GgufName = "deepseek2",
        GgufKey = DeepSeekV3.Row.GgufKey,
        GgufValue = DeepSeekV3.Row.GgufValue,
        GgufDenseFirst = true,
        GgufFault = GgufNotes.LatentFault,
        GgufNote = GgufNotes.Latents,
        Spellings = ["n_routed_experts"],
        Idle = DeepSeekV3.Row.Idle,
        Ends = DeepSeekV3.Row.Ends,
        Block = DeepSeekV3.Row.Block,
    };
}
