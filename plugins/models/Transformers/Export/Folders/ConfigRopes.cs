using System.Text.Json.Nodes;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Export.Gguf;
using LlmKick.Transformers.Families;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Export.Folders;

/// <summary>Rotations as <c>config.json</c> says them: in one spelling for all blocks, or nested by the kind of block where kinds
/// differ.</summary>
internal static class ConfigRopes
{
    public static IEnumerable<(string Name, JsonNode? Value)> Of(ModelSpec spec)
    {
        var attentions = GgufSettings.Attentions(spec);
        yield return (Keys.Unrotated.Name,
            new JsonArray([.. attentions.Select(attention => JsonValue.Create(attention.Rotary is null ? 0 : 1))]));
        yield return ("alibi", attentions is [{ Alibi: not null }, ..]);
        var (full, sliding) = (First(spec, windowed: false), First(spec, windowed: true));
        if ((full ?? sliding) is not { } any)
            yield break;
        var whole = GgufLatents.All(spec) is [var latent, ..] ? latent.Rotated : attentions[0].HeadWidth;
        if (full is not null && sliding is not null && full != sliding)
            yield return ("rope_parameters", new JsonObject { ["full_attention"] = Parameters(full, whole, spec),
                ["sliding_attention"] = Parameters(sliding, whole, spec) });
        else if (attentions is [{ Growth: { } growth }, ..])
            yield return ("rope_parameters", Grown(Parameters(any, whole, spec), growth));
        else
            foreach (var pair in Flat(any, whole, spec))
                yield return pair;
    }

    private static IEnumerable<(string Name, JsonNode? Value)> Flat(RotarySpec rotary, int whole, ModelSpec spec)
    {
        yield return (ConfigFacts.Name(spec.Family, Keys.RotaryBase), Numerals.Shortest(rotary.Base));
        yield return (ConfigFacts.Name(spec.Family, Keys.RotaryShare), (double)rotary.Width / whole);
        if (rotary.Scaling is { } scaling)
            yield return ("rope_scaling", Scaling(scaling, spec));
        if (rotary.Scaling is LongRope { OriginalContext: var original })
            yield return (Keys.OriginalContext.Name, original);
    }

    private static JsonObject Parameters(RotarySpec rotary, int whole, ModelSpec spec)
    {
        var json = rotary.Scaling is { } scaling ? Scaling(scaling, spec) : new JsonObject { ["rope_type"] = "default" };
        json["rope_theta"] = Numerals.Shortest(rotary.Base);
        if (rotary.Width < whole)
            json["partial_rotary_factor"] = (double)rotary.Width / whole;
        return json;
    }

    private static JsonObject Grown(JsonObject parameters, QueryGrowth growth)
    {
        parameters["llama_4_scaling_beta"] = Numerals.Shortest(growth.Beta);
        parameters["original_max_position_embeddings"] = growth.OriginalContext;
        return parameters;
    }

    private static JsonObject Grown(JsonObject yarn, ModelSpec spec)
    {
        if (GgufLatents.All(spec) is [var latent, ..] && GgufLatents.AllDimensions(latent) is { } all)
            yarn["mscale_all_dim"] = Numerals.Shortest(all);
        return yarn;
    }

    private static JsonObject Scaling(IRotaryScaling scaling, ModelSpec spec) => scaling switch
    {
        LinearScaling linear => new() { ["rope_type"] = "linear", ["factor"] = Numerals.Shortest(linear.Factor) },
        DynamicScaling dynamic => new() { ["rope_type"] = "dynamic", ["factor"] = Numerals.Shortest(dynamic.Factor) },
        YarnScaling yarn => Grown(new()
        {
            ["rope_type"] = "yarn",
            ["factor"] = Numerals.Shortest(yarn.Factor),
            ["original_max_position_embeddings"] = yarn.OriginalContext,
            ["attention_factor"] = Numerals.Shortest(yarn.Attention),
            ["beta_fast"] = Numerals.Shortest(yarn.BetaFast),
            ["beta_slow"] = Numerals.Shortest(yarn.BetaSlow),
            ["truncate"] = yarn.Truncate,
        }, spec),
        LongRope longer => Long(longer.Short, longer.Long, longer.OriginalContext, longer.Attention),
        FrequencyFactors { Factors: var factors } => Share(factors.ToArray()) is { } share
            ? new() { ["rope_type"] = "proportional", ["partial_rotary_factor"] = share }
            : Long(factors, factors, spec.Context, 1),
        _ => throw new InvalidOperationException($"{scaling.GetType().Name} is not read from GGUF files."),
    };

    /// <summary>A factor for each frequency, which the type longrope has room for.</summary>
    private static JsonObject Long(FactorList shorter, FactorList longer, int original, double attention) => new()
    {
        ["rope_type"] = "longrope",
        ["short_factor"] = List(shorter),
        ["long_factor"] = List(longer),
        ["original_max_position_embeddings"] = original,
        ["attention_factor"] = Numerals.Shortest(attention),
    };

    /// <summary>The share of frequencies that are kept, where all others are switched off; null where factors are others.</summary>
    private static double? Share(float[] factors)
    {
        var kept = factors.TakeWhile(factor => factor == 1).Count();
        return kept < factors.Length && factors.Skip(kept).All(factor => factor >= 1e29f) ? (double)kept / factors.Length : null;
    }

    private static JsonArray List(FactorList factors) =>
        new([.. factors.ToArray().Select(factor => (JsonNode?)JsonValue.Create(Numerals.Shortest(factor)))]);

    private static RotarySpec? First(ModelSpec spec, bool windowed) => GgufRopes.Rotations(spec, windowed).FirstOrDefault();
}
