using LlmKick.Sdk;
using LlmKick.Transformers.Configuration;

namespace LlmKick.Transformers.Positions;

/// <summary>The kinds of rotary scaling that <c>config.json</c> knows.</summary>
internal static class RotaryScalings
{
    private const string Original = "original_max_position_embeddings";

    /// <summary>Keys that stand beside any kind, and change nothing of what the kind computes.</summary>
    private static readonly string[] Beside =
        ["rope_type", "type", "rope_theta", "partial_rotary_factor", "mrope_section", "mrope_interleaved", "llama_4_scaling_beta",
            "finetuned", Original, "max_position_embeddings"];

    /// <summary>The scaling, and whether the whole head is rotated whatever share is named.</summary>
    public static (IRotaryScaling? Scaling, bool RotatesWhole) Read(ModelConfig config, ConfigFields parameters, double share)
    {
        var type = parameters.Text("rope_type") ?? parameters.Text("type") ?? "default";
        var scaling = type switch
        {
            "default" or "mrope" => null,
            "linear" => new LinearScaling(Need(parameters, "factor")),
            "dynamic" when parameters.Number("alpha") is { } alpha =>
                Ignoring(parameters, new BaseScaling(alpha), "factor", "beta_fast", "beta_slow", "mscale", "mscale_all_dim"),
            "dynamic" => new DynamicScaling(Need(parameters, "factor"), config.Context),
            "llama3" => Llama3(config, parameters),
            "yarn" when parameters.Has("long_factor") => LongRope(config, parameters),
            "yarn" or "deepseek_yarn" => Yarn(config, parameters),
            "longrope" or "su" => LongRope(config, parameters),
            "proportional" => new ProportionalScaling(share, parameters.Number("factor") ?? 1),
            _ => (IRotaryScaling?)null ?? throw new LlmKickException(
                $"'{config.Path}' scales rotary positions by '{type}', which is not supported; supported: default, linear, dynamic, "
                    + $"llama3, yarn, longrope, proportional, mrope."),
        };
        parameters.Skip(Beside);
        foreach (var unknown in parameters.Unread())
            config.Note($"the rotary parameter '{unknown}' does nothing for '{type}'");
        return (scaling, type == "proportional");
    }

    private static Llama3Scaling Llama3(ModelConfig config, ConfigFields parameters)
    {
        var scaling = new Llama3Scaling(
            Need(parameters, "factor"), Need(parameters, "low_freq_factor"), Need(parameters, "high_freq_factor"),
            OriginalContext(config, parameters));
        return scaling.LowFrequencyFactor < scaling.HighFrequencyFactor
            ? scaling
            : throw new LlmKickException($"'{parameters.Path}' has a 'low_freq_factor' that is not below its 'high_freq_factor'.");
    }

    private static YarnScaling Yarn(ModelConfig config, ConfigFields parameters)
    {
        var original = OriginalContext(config, parameters);
        var factor = parameters.Number("factor") ?? (double)config.Context / original;
        var (mscale, mscaleAll) = (parameters.Number("mscale"), parameters.Number("mscale_all_dim"));
        var attention = parameters.Number("attention_factor") ?? (mscale is { } own && mscaleAll is { } all
            ? YarnScaling.Temperature(factor, own) / YarnScaling.Temperature(factor, all)
            : YarnScaling.Temperature(factor));
        // The reference looks for it beside the kinds of blocks, not inside them.
        var truncate = config.Fields.Section("rope_parameters")?.Flag("truncate")
            ?? config.Fields.Section("rope_scaling")?.Flag("truncate") ?? true;
        parameters.Skip("truncate");
        return new YarnScaling(factor, original, parameters.Number("beta_fast") ?? 32, parameters.Number("beta_slow") ?? 1,
            truncate, attention);
    }

    private static LongRope LongRope(ModelConfig config, ConfigFields parameters)
    {
        var original = OriginalContext(config, parameters);
        var factor = parameters.Number("factor") ?? (double)config.Context / original;
        var attention = parameters.Number("attention_factor") ?? (factor <= 1 ? 1 : Math.Sqrt(1 + Math.Log(factor) / Math.Log(original)));
        return new LongRope(Factors(parameters, "short_factor"), Factors(parameters, "long_factor"), original, attention);
    }

    private static FactorList Factors(ConfigFields parameters, string key)
    {
        var factors = parameters.Numbers(key)
            ?? throw new LlmKickException($"'{parameters.Path}' has no '{key}', which its rotary positions need.");
        return factors.All(factor => factor > 0) ? new FactorList([.. factors.Select(factor => (float)factor)])
            : throw parameters.Wrong(key, "a list of positive numbers");
    }

    private static int OriginalContext(ModelConfig config, ConfigFields parameters)
    {
        var inside = parameters.Size(Original, int.MaxValue);
        return config.Fields.Size(Keys.OriginalContext, int.MaxValue) ?? inside ?? config.Context;
    }

    private static T Ignoring<T>(ConfigFields parameters, T scaling, params string[] keys)
    {
        parameters.Skip(keys);
        return scaling;
    }

    private static double Need(ConfigFields parameters, string key) => parameters.Need(parameters.Number(key), key);
}
