using LlmKick.Sdk;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Layers;

namespace LlmKick.Transformers.Families;

/// <summary>What several families read of a configuration in the same way.</summary>
internal static class Reading
{
    /// <summary>Whether the head is the embedding.</summary>
    public static bool IsTied(this ModelConfig c, bool otherwise = false) => c.IsGguf ? !c.HasTensor("output.weight")
        : c.Flag(Keys.Tied, otherwise);

    /// <summary>Whether linears have biases by the configuration. GGUF metadata do not speak of it: there the tensors say it, see
    /// <see cref="GgufBiases"/>.</summary>
    public static bool HasBias(this ModelConfig c, Key key, bool otherwise = false) => !c.IsGguf && c.Flag(key, otherwise);

    /// <summary>The activation function that a configuration names, or else the family's.</summary>
    public static Activation Activation(this ModelConfig c, Activation otherwise) =>
        c.Fields.Text(Keys.Activation) is { } name ? Layers.Activation.Find(name, c.Path) : otherwise;

    /// <summary>Gemma's: any form of GELU that is named is the tanh form.</summary>
    public static Activation GeluActivation(this ModelConfig c, string key) =>
        c.IsGguf || c.Fields.Text(key) is null or "gelu" ? Layers.Activation.GeluTanh : Layers.Activation.Find(c.Fields.Text(key)!, c.Path);

    /// <summary>What GGUF files of Gemma leave out: heads of 256, but for the largest models, whose scores go by the width of the hidden
    /// states.</summary>
    public static double QueryScalar(this ModelConfig c) => c.IsGguf && c.BlockCount is 46 or 62 ? (double)c.Width / c.Heads
        : c.IsGguf ? c.HeadWidth : 256;

    /// <summary>What scores are multiplied by: as GGUF metadata say where they do, or else what the family computes.</summary>
    public static double? ScoreScale(this ModelConfig c, double? otherwise) => c.IsGguf
        && c.Number(Keys.AttentionScale) is { } scale ? scale : otherwise;

    /// <summary>The number of a block in a list that has one for each; null where there is no list.</summary>
    public static double? NumberOf(this ModelConfig c, string key, int block) => c.Fields.Numbers(key) is not { } all ? null
        : all.Count == c.BlockCount ? all[block]
        : throw new LlmKickException($"'{c.Path}' has {all.Count} {key} for {c.BlockCount} blocks: it needs one for each.");

    /// <summary>The earlier block whose keys a block looks at, the last of its kind before the last so many; null for its own. And
    /// whether later ones look at its keys.</summary>
    public static (int? KeysOf, bool IsLookedAt) SharedKeys(this ModelConfig c, int block, string key, Func<int, bool> isSliding)
    {
        var shared = c.Fields.Count(key) ?? 0;
        if (shared >= c.BlockCount)
            throw c.Fields.Wrong(key, $"fewer than the {c.BlockCount} blocks that there are");
        var own = c.BlockCount - shared;
        var last = Enumerable.Range(0, own).LastOrDefault(other => isSliding(other) == isSliding(block), -1);
        if (block >= own && last < 0)
            throw new LlmKickException($"'{c.Path}' has {shared} blocks that look at the keys of earlier ones ({key}), and no block of the "
                + $"kind of block {block} is before them.");
        return (block >= own ? last : null, block < own && shared > 0 && block == last);
    }

    /// <summary>ALiBi's greatest exponent, which only GGUF metadata say.</summary>
    public static double AlibiExponent(this ModelConfig c) => c.IsGguf ? c.Number(Keys.AlibiExponent, 8) : 8;
}
