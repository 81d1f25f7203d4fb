using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Mixers;

namespace LlmKick.Transformers.Families;

/// <summary>Biases of GGUF files, whose metadata do not speak of them: a linear has one where the file holds its tensor.</summary>
internal static class GgufBiases
{
    /// <param name="block">As the family describes it.</param>
    /// <param name="has">Whether the file holds the bias of a linear of this block, by its GGUF name.</param>
    public static BlockSpec Added(BlockSpec block, Func<string, bool> has) =>
        block with { Mixer = Added(block.Mixer, has), Feed = Added(block.Feed, has) };

    private static IMixerSpec Added(IMixerSpec mixer, Func<string, bool> has) => mixer is FullAttention attention
        ? attention with { QkvBias = attention.QkvBias || has(attention.Fused is null ? "attn_q" : "attn_qkv"),
            OutputBias = attention.OutputBias || has("attn_output") }
        : mixer;

    private static IFeedSpec Added(IFeedSpec feed, Func<string, bool> has) => feed switch
    {
        Gated gated => gated with { HasBias = gated.HasBias || has("ffn_up") },
        Plain plain => plain with { HasBias = plain.HasBias || has("ffn_up") },
        _ => feed,
    };
}
