using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Families;
using LlmKick.Transformers.Feeds;

namespace LlmKick.Transformers.Export.Gguf;

/// <summary>What GGUF metadata say of experts.</summary>
internal static class GgufExperts
{
    private const string EveryHowMany = "interleave_moe_layer_step";

    /// <summary>llama.cpp knows dense blocks before those with experts, in some architectures, and none behind.</summary>
    public static string? Fault(ModelSpec spec)
    {
        var feeds = Feeds(spec).Where(feed => feed is not NoFeed).ToList();
        var first = feeds.FindIndex(feed => feed is Experts);
        if (spec.Family.GgufExpertsInTurn)
            return first >= 0 && feeds.Index().All(feed => feed.Item is Experts == ((feed.Index + 1) % (first + 1) == 0)) ? null
                : $"llama.cpp wants experts in every so many-th block of the architecture '{spec.Family.GgufName}', and this model has "
                    + "them in others or in none";
        return first < 0 || (feeds.Skip(first).All(feed => feed is Experts) && (first == 0 || spec.Family.GgufDenseFirst)) ? null
            : $"llama.cpp wants experts in every block of the architecture '{spec.Family.GgufName}'"
                + (spec.Family.GgufDenseFirst ? " behind the first that has them" : "") + ", and this model has dense ones among them";
    }

    /// <summary>The feed-forward part of each block.</summary>
    public static List<IFeedSpec> Feeds(ModelSpec spec) =>
        [.. Enumerable.Range(0, spec.BlockCount).Select(block => spec.Block(block).Feed)];

    /// <summary>Experts of a block that has such; 0 where none has.</summary>
    public static int Count(ModelSpec spec) => Feeds(spec).OfType<Experts>().FirstOrDefault()?.Router.Experts ?? 0;

    /// <summary>Numbers between, in the expert that every token has; null where there is none.</summary>
    public static int? SharedWidth(Experts experts) => experts.Shared switch
    {
        Gated gated => gated.Inner,
        Plain plain => plain.Inner,
        _ => null,
    };

    public static IEnumerable<(string Key, object? Value)> Of(ModelSpec spec)
    {
        var feeds = Feeds(spec);
        if (feeds.OfType<Experts>().FirstOrDefault() is not { Router: var router } experts)
            yield break;
        yield return (Keys.Experts.Gguf!, (uint)router.Experts);
        yield return (Keys.ExpertsPerToken.Gguf!, (uint)router.PerToken);
        yield return (Keys.ExpertWidth.Gguf!, (uint)experts.Inner);
        yield return (Keys.SharedExpertWidth.Gguf!, (uint?)SharedWidth(experts));
        yield return (Keys.SharedExperts.Gguf!, (uint?)(SharedWidth(experts) / experts.Inner));
        yield return (Keys.NormalizesExperts.Gguf!, router.Normalized);
        yield return (Keys.ExpertFactor.Gguf!, (float)router.Factor);
        yield return ("expert_gating_func", (uint)ExpertReading.GgufKind(router.Score));
        yield return (Keys.ExpertGroups.Gguf!, router.Groups == 1 ? null : (uint)router.Groups);
        yield return (Keys.ExpertGroupsPerToken.Gguf!, router.Groups == 1 ? null : (uint)router.GroupsPerToken);
        yield return (Keys.DenseBlocksFirst.Gguf!, spec.Family.GgufDenseFirst ? (uint)feeds.FindIndex(feed => feed is Experts) : null);
        yield return (EveryHowMany, spec.Family.GgufExpertsInTurn ? (uint)feeds.FindIndex(feed => feed is Experts) + 1
            : spec.Config.Fields.WasAsked("moe_layer_interval") ? 1u : null);
    }
}
