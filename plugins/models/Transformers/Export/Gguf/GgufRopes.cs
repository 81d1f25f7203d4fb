using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Families;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Export.Gguf;

/// <summary>Rotations and their scaling, as GGUF metadata say them.</summary>
internal static class GgufRopes
{
    public static string? Fault(ModelSpec spec)
    {
        if (RotaryFactors.Rotary(spec)?.Scaling is YarnScaling { Truncate: var rounds }
            && rounds == spec.Family.GgufKeepsYarnBorders)
            return rounds
                ? $"GGUF files of the architecture '{spec.Family.GgufName}' are of models that do not round the border dimensions of YaRN, "
                    + "and this model does (truncate: true)"
                : "llama.cpp rounds the border dimensions of YaRN, and this model does not (truncate: false)";
        return Rotations(spec, sliding: false).Distinct().Count() > 1 || Rotations(spec, sliding: true).Distinct().Count() > 1
            ? "GGUF files have one rotation for all blocks of a kind, and this model has several" : null;
    }

    public static IEnumerable<string> Notes(ModelSpec spec)
    {
        if (RotaryFactors.Rotary(spec)?.Scaling is DynamicScaling { Context: var context })
            yield return $"llama.cpp does not know dynamic rotary scaling: it computes texts of more than {context} tokens otherwise";
        if (RotaryFactors.Rotary(spec)?.Scaling is LongRope { DependsOnLength: true, OriginalContext: var original })
            yield return $"llama.cpp takes the factors for long texts where it is given room for more than {original} tokens, whatever the "
                + $"text: the model takes them by the length of the text";
    }

    /// <summary>Tokens of the context before a scaling that the length decides.</summary>
    public static int Context(ModelSpec spec) => RotaryFactors.Rotary(spec)?.Scaling is DynamicScaling { Context: var context } ? context
        : spec.Context;

    public static IEnumerable<(string Key, object? Value)> Of(ModelSpec spec)
    {
        if (spec.Family.GgufName == Bamba.Row.GgufName)
            yield return (GgufRotary.IsRotated, Rotations(spec, sliding: false).Any());
        if (spec.Config.Fields.WasAsked(Keys.Unrotated.Name))
            yield return (Keys.Unrotated.Gguf!,
                GgufSettings.Attentions(spec).Select(attention => attention.Rotary is null ? 0 : 1).ToArray());
        if (Rotations(spec, sliding: false).FirstOrDefault() is not { } full)
            full = Rotations(spec, sliding: true).FirstOrDefault();
        if (full is null)
            yield break;
        var scaled = full.Scaling is BaseScaling { Alpha: var alpha } ? BaseScaling.Base(full, alpha) : full.Base;
        yield return (Keys.RotaryWidth.Gguf!, (uint)full.Width);
        yield return (Keys.RotaryBase.Gguf!, (float)scaled);
        if (Rotations(spec, sliding: true).FirstOrDefault() is { } own && (own != full || spec.Family.GgufByKind))
        {
            yield return (Keys.LocalRotaryBase.Gguf!, (float)own.Base);
            yield return (GgufRotary.WindowedWidth, own.Width == full.Width && !spec.Family.GgufByKind ? null : (uint)own.Width);
        }
        if (GgufRecurrents.All<Mixers.GatedDelta>(spec).Any(delta => delta.TakesTurnsInGguf))
            yield return (GgufRotary.Sections, new[] { (full.Width / 2 + 2) / 3, (full.Width / 2 + 1) / 3, full.Width / 2 / 3, 0 });
        var hasLog = GgufLatents.All(spec) is [var latent, ..] && GgufLatents.AllDimensions(latent) is not null;
        foreach (var pair in Scaling(full.Scaling, hasLog))
            yield return ("rope.scaling." + pair.Key, pair.Value);
    }

    /// <param name="scaling">The scaling.</param>
    /// <param name="hasLog">Whether the metadata have the logarithm's multiplier, which stands for YaRN's own factor then.</param>
    private static IEnumerable<(string Key, object? Value)> Scaling(IRotaryScaling? scaling, bool hasLog) => scaling switch
    {
        LinearScaling linear => [("type", "linear"), ("factor", (float)linear.Factor)],
        YarnScaling yarn =>
        [
            ("type", "yarn"), ("factor", (float)yarn.Factor), ("original_context_length", (uint)yarn.OriginalContext),
            ("attn_factor", (float)(hasLog ? yarn.Attention : yarn.Attention / YarnScaling.Temperature(yarn.Factor))),
            ("yarn_beta_fast", (float)yarn.BetaFast), ("yarn_beta_slow", (float)yarn.BetaSlow),
        ],
        LongRope longer =>
            [("type", "longrope"), ("original_context_length", (uint)longer.OriginalContext), ("attn_factor", (float)longer.Attention)],
        DynamicScaling dynamic =>
            [("type", "none"), ("original_context_length", (uint)dynamic.Context), ("dynamic_factor", (float)dynamic.Factor)],
        _ => [],
    };

    /// <summary>The rotations of blocks that have a window, or of those that have none.</summary>
    public static IEnumerable<RotarySpec> Rotations(ModelSpec spec, bool sliding) =>
        Enumerable.Range(0, spec.BlockCount).Select(block => spec.Block(block).Mixer)
            .Where(mixer => mixer is Mixers.FullAttention { Window: not null } == sliding).Select(mixer => mixer.Rotary)
            .OfType<RotarySpec>();
}
