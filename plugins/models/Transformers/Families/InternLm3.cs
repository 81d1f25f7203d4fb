using LlmKick.Sdk;
using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Mixers;

namespace LlmKick.Transformers.Families;

/// <summary>InternLM 3: Llama, with biases in every linear or in none.</summary>
internal static class InternLm3
{
    public static Family Row { get; } = Llama.Row with
    {
        Name = "internlm3",
        Class = "InternLM3ForCausalLM",
        Block = (c, i) => Of(Llama.Row.Block(c, i), HasBiases(c)),
    };

    private static BlockSpec Of(BlockSpec block, bool biases) => block with
    {
        Mixer = (FullAttention)block.Mixer with { QkvBias = biases, OutputBias = biases },
        Feed = (Gated)block.Feed with { HasBias = biases },
    };

    // The reference refuses what differs, for Llama has one key for all of attention.
    private static bool HasBiases(ModelConfig c) => c.HasBias(Keys.QkvBias) is var own && own == c.HasBias(Keys.Bias) ? own
        : throw new LlmKickException($"'{c.Path}' has biases on queries, keys and values (qkv_bias) or in the other linears (bias), and "
            + "not both: such a model is not supported.");
}
