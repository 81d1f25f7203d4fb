using System.Text.Json.Nodes;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Export.Gguf;
using LlmKick.Transformers.Families;
using LlmKick.Transformers.Feeds;

namespace LlmKick.Transformers.Export.Folders;

/// <summary>What <c>config.json</c> says of experts.</summary>
internal static class ConfigExperts
{
    public static IEnumerable<(Key Key, JsonNode? Value)> Of(ModelSpec spec)
    {
        var feeds = GgufExperts.Feeds(spec);
        if (feeds.OfType<Experts>().FirstOrDefault() is not { Router: var router } experts)
            yield break;
        yield return (Keys.Experts, router.Experts);
        yield return (Keys.ExpertsPerToken, router.PerToken);
        yield return (Keys.ExpertWidth, experts.Inner);
        yield return (Keys.SharedExpertWidth, GgufExperts.SharedWidth(experts) ?? 0);
        yield return (Keys.SharedExperts, (GgufExperts.SharedWidth(experts) ?? 0) / experts.Inner);
        yield return (Keys.NormalizesExperts, router.Normalized);
        yield return (Keys.ExpertFactor, Numerals.Shortest(router.Factor));
        yield return (Keys.ExpertGroups, router.Groups);
        yield return (Keys.ExpertGroupsPerToken, router.GroupsPerToken);
        yield return (Keys.DenseBlocksFirst, feeds.FindIndex(feed => feed is Experts));
    }

    /// <summary>What single families have names for.</summary>
    public static IEnumerable<(string Name, JsonNode? Value)> Special(ModelSpec spec)
    {
        var feeds = GgufExperts.Feeds(spec);
        if (feeds.OfType<Experts>().FirstOrDefault() is not { } experts)
            yield break;
        yield return ("mlp_only_layers",
            new JsonArray([.. feeds.Index().Where(feed => feed.Item is not Experts).Select(feed => JsonValue.Create(feed.Index))]));
        yield return ("decoder_sparse_step", 1);
        yield return ("moe_layer_start_index", feeds.FindIndex(feed => feed is Experts));
        yield return ("moe_layer_end_index", feeds.FindLastIndex(feed => feed is Experts));
        yield return ("moe_layer_interval", 1);
        yield return ("num_dense_layers", feeds.FindIndex(feed => feed is Experts));
        yield return ("use_expert_bias", experts.Router.Correction is not null);
        yield return ("shared_intermediate_size", GgufExperts.SharedWidth(experts) ?? 0);
        yield return ("moe_shared_expert_intermediate_size", GgufExperts.SharedWidth(experts) ?? 0);
        yield return ("moe_norm_min", Numerals.Shortest(experts.Router.NormLeast));
        yield return ("moe_layers",
            new JsonArray([.. feeds.Index().Where(feed => feed.Item is Experts).Select(feed => JsonValue.Create(feed.Index))]));
        yield return ("mlp_layer_types",
            spec.Family != Laguna.Row ? null
                : new JsonArray([.. feeds.Select(feed => JsonValue.Create(feed is Experts ? "sparse" : "dense"))]));
        yield return ("prefix_dense_sliding_window_pattern", 1);
        yield return ("expert_selection_fn", experts.Router.Score == RouterScore.Sigmoid ? "sigmoid" : "softmax");
        yield return ("shared_expert_combination_strategy", experts.Factor == 1 ? "sum" : "average");
        var dense = feeds.FindIndex(feed => feed is not Experts) is >= 0 and var block
            ? GgufSettings.FeedWidth(spec, block) : experts.Inner;
        yield return ("intermediate_size_mlp", dense);
        yield return ("prefix_dense_intermediate_size", dense);
        if (spec.Family == Llama4.Row || spec.Family == Cohere2Moe.Row)
            yield return (ConfigFacts.Name(spec.Family, Keys.FeedForwardWidth), experts.Inner);
        yield return ("use_qk_norm", GgufSettings.Attentions(spec) is [{ QueryNorm: not null }, ..]);
    }
}
