using LlmKick.Sdk;
using LlmKick.Transformers.Configuration;

namespace LlmKick.Transformers.Positions;

/// <summary>Reads rotary settings of GGUF files: a base, <c>rope.scaling.*</c> and tensors of factors.</summary>
internal static class GgufRotary
{
    public const string FactorsTensor = "rope_freqs.weight";
    public const string ShortTensor = "rope_factors_short.weight";
    public const string LongTensor = "rope_factors_long.weight";

    /// <summary>How many numbers of a head blocks with a window rotate, where that is not said of all.</summary>
    public const string WindowedWidth = "rope.dimension_count_swa";

    /// <summary>Dynamic NTK scaling has no name in llama.cpp, which then scales nothing: its factor stands beside the type
    /// "none".</summary>
    public const string DynamicFactor = "rope.scaling.dynamic_factor";

    /// <summary>Of which YaRN scaling's temperature is made.</summary>
    public const string YarnLog = "rope.scaling.yarn_log_multiplier";

    /// <summary>How many frequencies turn by each of several positions, which are one in texts.</summary>
    public const string Sections = "rope.dimension_sections";

    /// <summary>Which says of a scaling that it is trained, and of Granite 4 that it rotates.</summary>
    public const string IsRotated = "rope.scaling.finetuned";

    /// <summary>The tensors that belong to the configuration.</summary>
    public static IReadOnlyList<string> Tensors { get; } = [FactorsTensor, ShortTensor, LongTensor];

    public static RotarySpec Read(Rotary rotary, bool sliding)
    {
        var (config, fields) = (rotary.Config, rotary.Config.Fields);
        var own = fields.Number(Keys.RotaryBase) ?? rotary.Base;
        var local = fields.Number(Keys.LocalRotaryBase) ?? rotary.LocalBase;
        var (all, windowed) = (fields.Size(Keys.RotaryWidth), fields.Size(WindowedWidth));
        var whole = rotary.HeadWidth ?? config.HeadWidth;
        var width = (sliding ? windowed : null) ?? all ?? (int)(whole * rotary.Share);
        if (width > whole || width % 2 != 0)
            throw new LlmKickException($"'{config.Path}' rotates {width} numbers of heads of width {whole}: an even number of "
                + $"at most that is needed.");
        var scaling = sliding && local is not null ? null : Scaling(config, width, rotary.Truncates);
        return new RotarySpec(sliding ? local ?? own : own, width) { Interleaved = rotary.Interleaved, Scaling = scaling };
    }

    private static IRotaryScaling? Scaling(ModelConfig config, int width, bool truncates)
    {
        var fields = config.Fields;
        fields.Skip("rope.scaling.finetuned");
        var original = fields.Size(Keys.OriginalContext, int.MaxValue) ?? config.Context;
        var factor = fields.Number("rope.scaling.factor");
        var older = fields.Number("rope.scale_linear");
        var attention = fields.Number("rope.scaling.attn_factor");
        var yarn = fields.Number(YarnLog);
        IRotaryScaling? named = fields.Text("rope.scaling.type") switch
        {
            "none" => fields.Number(DynamicFactor) is { } dynamic ? new DynamicScaling(dynamic, original) : null,
            "linear" => new LinearScaling(fields.Need(factor, "rope.scaling.factor")),
            "yarn" => new YarnScaling(fields.Need(factor, "rope.scaling.factor"), original,
                fields.Number("rope.scaling.yarn_beta_fast") ?? 32,
                fields.Number("rope.scaling.yarn_beta_slow") ?? 1, truncates,
                (attention ?? 1) * YarnScaling.Temperature(factor!.Value) / YarnScaling.Temperature(factor.Value, yarn ?? 0)),
            "longrope" or null when config.Factors.ContainsKey(LongTensor) => new LongRope(
                Factors(config, ShortTensor, width), Factors(config, LongTensor, width), original, attention
                    ?? LongAttention(config.Context, original)),
            null when (factor ?? older) is { } linear => new LinearScaling(linear),
            null => null,
            var type => throw new LlmKickException(
                $"'{config.Path}' scales rotary positions by '{type}', which is not supported; supported: none, linear, yarn, longrope."),
        };
        if (!config.Factors.ContainsKey(FactorsTensor))
            return named;
        return named is null
            ? new FrequencyFactors(Factors(config, FactorsTensor, width))
            : throw new LlmKickException(
                $"'{config.Path}' scales rotary positions both by 'rope.scaling' and by '{FactorsTensor}', which is not supported.");
    }

    private static double LongAttention(int context, int original) =>
        context <= original ? 1 : Math.Sqrt(1 + Math.Log((double)context / original) / Math.Log(original));

    private static FactorList Factors(ModelConfig config, string name, int width)
    {
        if (!config.Factors.TryGetValue(name, out var values))
            throw new LlmKickException(
                $"'{config.Path}' lacks the tensor '{name}', which its rotary positions need; the file may be incomplete. "
                    + "Convert it anew.");
        if (values.Length != width / 2)
            throw new LlmKickException($"'{config.Path}' has the tensor '{name}' of shape [{values.Length}]; heads of which {width} "
                + $"numbers are rotated need [{width / 2}].");
        return values.All(value => value > 0 && float.IsFinite(value))
            ? new FactorList(values)
            : throw new LlmKickException($"'{config.Path}' has in the tensor '{name}' a factor that is not a positive number.");
    }
}
