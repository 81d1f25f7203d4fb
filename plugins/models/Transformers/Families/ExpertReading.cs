using LlmKick.Sdk;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;

namespace LlmKick.Transformers.Families;

/// <summary>What several families with experts read of a configuration in the same way.</summary>
internal static class ExpertReading
{
    /// <summary>A router over as many experts as the configuration says.</summary>
    public static RouterSpec Router(this ModelConfig c, RouterScore score)
    {
        var (experts, perToken) = (c.Fields.Need(Keys.Experts), c.Fields.Need(Keys.ExpertsPerToken));
        return perToken <= experts
            ? new RouterSpec(c.Width, experts, perToken, score)
            : throw new LlmKickException($"'{c.Path}' gives each token {perToken} experts ({c.Fields.NameOf(Keys.ExpertsPerToken)}) of "
                + $"{experts} ({c.Fields.NameOf(Keys.Experts)}).");
    }

    /// <summary>Numbers between, in an expert.</summary>
    public static int ExpertWidth(this ModelConfig c) => c.Fields.Need(Keys.ExpertWidth);

    /// <summary>Whether a block has one feed-forward part for all tokens: it is among those named, or not every so many-th one.</summary>
    public static bool IsDense(this ModelConfig c, int block)
    {
        var step = c.Fields.Size("decoder_sparse_step") ?? 1;
        return c.Fields.Numbers("mlp_only_layers")?.Contains(block) == true || (block + 1) % step != 0;
    }

    /// <summary>A shared expert; null where it has no width.</summary>
    public static Gated? SharedExpert(this ModelConfig c, string module, int? width, Activation activation) => width is not { } inner ? null
        : new Gated(c.Width, inner, activation)
        {
            Gate = module + ".gate_proj",
            Up = module + ".up_proj",
            Down = module + ".down_proj",
            GgufSuffix = "_shexp",
        };
}
