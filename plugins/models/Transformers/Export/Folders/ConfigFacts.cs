using System.Text.Json.Nodes;
using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Export.Gguf;
using LlmKick.Transformers.Families;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Mixers;

namespace LlmKick.Transformers.Export.Folders;

/// <summary>What the parts of a model say, by the names that <c>config.json</c> has for it.</summary>
internal static class ConfigFacts
{
    private const string Sliding = "sliding_attention";

    public static JsonObject Of(ModelSpec spec)
    {
        var json = new JsonObject();
        foreach (var (key, value) in Usual(spec))
            json[Name(spec.Family, key)] = value;
        foreach (var (name, value) in Special(spec).Concat(ConfigExperts.Special(spec)).Concat(ConfigLatents.Special(spec))
            .Concat(ConfigRecurrents.Of(spec)).Concat(ConfigRopes.Of(spec)).Concat(ConfigAttentions.Of(spec)))
            json[name] = value;
        return json;
    }

    /// <summary>The family's own name of a setting.</summary>
    public static string Name(Family family, Key key) => key.Spellings.FirstOrDefault(family.Spellings.Contains) ?? key.Name;

    private static IEnumerable<(Key Key, JsonNode? Value)> Usual(ModelSpec spec)
    {
        var (attention, block, ends) = (Usual(GgufSettings.Attentions(spec)), spec.Block(0), spec.Ends);
        yield return (Keys.Vocabulary, spec.Vocabulary);
        yield return (Keys.Width, spec.Width);
        yield return (Keys.Blocks, spec.BlockCount);
        yield return (Keys.Heads, attention?.Heads);
        yield return (Keys.KeyValueHeads, attention?.KeyValueHeads);
        yield return (Keys.HeadWidth, attention?.HeadWidth);
        yield return (Keys.FeedForwardWidth, Enumerable.Range(0, spec.BlockCount).Select(block => GgufSettings.FeedWidth(spec, block))
            .FirstOrDefault(width => width > 0) is > 0 and var inner ? inner : null);
        yield return (Keys.Context, GgufRopes.Context(spec));
        yield return (block.Flow.Norms[0].Centred ? Keys.LayerEpsilon : Keys.RmsEpsilon, Numerals.Shortest(block.Flow.Norms[0].Epsilon));
        yield return (Keys.Activation, ActivationOf(block.Feed));
        yield return (Keys.Tied, spec.IsTied);
        foreach (var (key, value) in Biases(attention, block.Feed))
            yield return (key, value);
        foreach (var (key, value) in Numbers(spec, attention, ends))
            yield return (key, value);
        foreach (var (key, value) in Windows(spec).Concat(ConfigExperts.Of(spec)).Concat(ConfigLatents.Of(spec)))
            yield return (key, value);
    }

    private static IEnumerable<(Key Key, bool Value)> Biases(FullAttention? attention, IFeedSpec feed) =>
    [
        (Keys.AttentionBias, attention?.QkvBias ?? false), (Keys.QkvBias, attention?.QkvBias ?? false),
        (Keys.OutputBias, attention?.OutputBias ?? false), (Keys.Bias, attention?.QkvBias ?? false),
        (Keys.FeedForwardBias, feed is Gated { HasBias: true } or Plain { HasBias: true }),
    ];

    private static IEnumerable<(Key Key, JsonNode? Value)> Numbers(ModelSpec spec, FullAttention? attention, Ends.EndsSpec ends)
    {
        if (attention is not null)
        {
            var scale = attention.Scale ?? 1 / Math.Sqrt(attention.HeadWidth);
            yield return (Keys.QueryScalar, Numerals.Whole(1 / (scale * scale)));
            yield return (Keys.AttentionScale, Numerals.Shortest(scale));
            yield return (Keys.ScoreCap, Numerals.Shortest(attention.ScoreCap));
        }
        yield return (Keys.LogitCap, Numerals.Shortest(ends.LogitCap));
        yield return (Keys.LogitScale, Numerals.Shortest(ends.LogitScale));
        yield return (Keys.LogitDivisor, Numerals.Shortest(1 / ends.LogitScale));
        yield return (Keys.EmbeddingScale, Numerals.Shortest(ends.EmbeddingScale));
        yield return (Keys.ResidualScale, Numerals.Shortest(spec.Block(0).Flow.Residual));
        yield return (Keys.ParallelBlocks, spec.Block(0).Flow.Kind == FlowKind.Parallel);
    }

    private static IEnumerable<(Key Key, JsonNode? Value)> Windows(ModelSpec spec)
    {
        var windows = GgufSettings.Attentions(spec).Select(attention => attention.Window).ToList();
        yield return (Keys.UsesWindow, windows.Exists(window => window is not null));
        yield return (Keys.Window, windows.Find(window => window is not null));
        if (windows.Count == spec.BlockCount && !windows.TrueForAll(window => window is not null))
            yield return (Keys.BlockTypes,
                new JsonArray([.. windows.Select(window => JsonValue.Create(window is null ? "full_attention" : Sliding))]));
    }

    /// <summary>What single families have names for.</summary>
    private static IEnumerable<(string Name, JsonNode? Value)> Special(ModelSpec spec)
    {
        var attentions = GgufSettings.Attentions(spec);
        var (first, full, flow) = (attentions.FirstOrDefault(), attentions.FirstOrDefault(attention => attention.Window is null),
            spec.Block(0).Flow);
        yield return ("new_decoder_architecture", flow is { Kind: FlowKind.Parallel, Norms.Count: 2 });
        yield return ("multi_query", first?.KeyValueHeads == 1);
        yield return ("apply_residual_connection_post_layernorm", flow.AddsToNormed);
        yield return ("attn_config", new JsonObject { ["alibi"] = true, ["clip_qkv"] = Numerals.Shortest(first?.Clip),
            ["softmax_scale"] = Numerals.Shortest(first?.Scale) });
        yield return ("global_head_dim", full?.HeadWidth);
        yield return ("num_global_key_value_heads", full?.KeyValueHeads);
        yield return ("attention_k_eq_v", full?.KeysAreValues ?? false);
        yield return ("num_kv_shared_layers", attentions.Count(attention => attention.KeysOf is not null));
        yield return ("use_double_wide_mlp", Inner(spec.Block(spec.BlockCount - 1).Feed) == 2 * Inner(spec.Block(0).Feed));
        yield return ("hidden_size_per_layer_input", spec.Ends.Tokens?.Width ?? 0);
        yield return ("vocab_size_per_layer_input", spec.Ends.Tokens?.Rows);
    }

    /// <summary>The attention that a configuration speaks of where blocks differ: that of blocks with a window.</summary>
    private static FullAttention? Usual(IReadOnlyList<FullAttention> attentions) =>
        attentions.FirstOrDefault(attention => attention.Window is not null) ?? attentions.FirstOrDefault();

    private static long? Inner(IFeedSpec feed) =>
        feed.Parameters.FirstOrDefault(part => part.Role == Sdk.Compression.LinearRole.Down)?.Shape[1];

    private static string? ActivationOf(IFeedSpec feed) => feed switch
    {
        Gated gated => gated.Activation.Name,
        Experts experts => experts.Activation.Name,
        Plain { Xielu: not null } => "xielu",
        Plain plain => plain.Activation?.Name,
        _ => null,
    };
}
