using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Families;
using LlmKick.Transformers.Formats.Gguf;
using LlmKick.Transformers.Mixers;

namespace LlmKick.Transformers.Export.Gguf;

/// <summary>What GGUF metadata say of an architecture, from the parts that its blocks are made of: sizes, norms, scales, windows,
/// positions.</summary>
internal static class GgufSettings
{
    public static IEnumerable<GgufPair> Of(ModelSpec spec) => All(spec).Where(pair => pair.Value is not null)
        .Select(pair => GgufPair.Of($"{spec.GgufName}.{pair.Key}", pair.Value!));

    /// <summary>What of the model GGUF files cannot say, in a sentence; null where they can say all.</summary>
    public static string? Fault(ModelSpec spec) => spec.Family.GgufFault(spec) ?? GgufExperts.Fault(spec)
        ?? GgufWindows.Fault(spec) ?? GgufRopes.Fault(spec)
        ?? (Attentions(spec).Select(attention => attention.ScoreCap).Distinct().Count() > 1
            || (!spec.Family.GgufByKind && Attentions(spec).Select(Scale).Distinct().Count() > 1)
            ? "GGUF files have one scale and one cap of scores for all blocks, and this model's blocks have several" : null);

    /// <summary>What llama.cpp computes otherwise, in sentences.</summary>
    public static IEnumerable<string> Notes(ModelSpec spec) => spec.Family.GgufNote(spec) is { } note ? GgufRopes.Notes(spec).Prepend(note)
        : GgufRopes.Notes(spec);

    /// <summary>The attention of each block that has such.</summary>
    public static IReadOnlyList<FullAttention> Attentions(ModelSpec spec) =>
        [.. Enumerable.Range(0, spec.BlockCount).Select(block => AttentionOf(spec.Block(block).Mixer)).OfType<FullAttention>()];

    /// <summary>Query heads that share a key head; 1 where no block has any.</summary>
    public static int QueriesPerKey(ModelSpec spec) =>
        Attentions(spec) is [var first, ..] ? first.Heads / first.KeyValueHeads : 1;

    private static FullAttention? AttentionOf(IMixerSpec mixer) => mixer is SideBySide both ? both.Attention : mixer as FullAttention;

    private static IEnumerable<(string Key, object? Value)> All(ModelSpec spec) =>
        [.. Sizes(spec), .. Heads(spec), .. GgufLatents.Of(spec), .. GgufRecurrents.Of(spec), .. GgufExperts.Of(spec), .. Numbers(spec),
            .. GgufWindows.Of(spec), .. GgufRopes.Of(spec), .. GgufStreams.Of(spec)];

    private static IEnumerable<(string Key, object? Value)> Sizes(ModelSpec spec)
    {
        yield return (Keys.Blocks.Gguf!, (uint)spec.BlockCount);
        yield return (Keys.Context.Gguf!, (uint)GgufRopes.Context(spec));
        yield return (Keys.Width.Gguf!, (uint)spec.Width);
        yield return (Keys.FeedForwardWidth.Gguf!, OneOrAll(Enumerable.Range(0, spec.BlockCount).Select(block => FeedWidth(spec, block))));
        yield return (Keys.Vocabulary.Gguf!, (uint)spec.Vocabulary);
    }

    /// <summary>Heads of blocks with attention; those with another mixer have no key heads, which tells them in most architectures: those
    /// with gated delta nets list them apart.</summary>
    private static IEnumerable<(string Key, object? Value)> Heads(ModelSpec spec)
    {
        var attentions = Attentions(spec);
        if (attentions.Count == 0)
        {
            yield return (Keys.Heads.Gguf!, GgufLatents.All(spec).Count == 0 ? 0u : null);
            yield break;
        }
        var widest = attentions.LastOrDefault(attention => attention.Window is null) ?? attentions[0];
        yield return (Keys.Heads.Gguf!, OneOrAll(attentions.Select(attention => attention.Heads)));
        yield return (Keys.KeyValueHeads.Gguf!, OneOrAll(Enumerable.Range(0, spec.BlockCount)
            .Select(block => spec.Block(block).Mixer is GatedDelta ? attentions[0].KeyValueHeads
                : AttentionOf(spec.Block(block).Mixer)?.KeyValueHeads ?? 0)));
        yield return (Keys.HeadWidth.Gguf!, (uint)widest.HeadWidth);
        yield return ("attention.value_length", (uint)widest.HeadWidth);
    }

    private static IEnumerable<(string Key, object? Value)> Numbers(ModelSpec spec)
    {
        var (first, fields, ends) = (Attentions(spec).FirstOrDefault(), spec.Config.Fields, spec.Ends);
        var (norm, flow) = (spec.Block(0).Flow.Norms[0], spec.Block(0).Flow);
        yield return ((norm.Centred ? Keys.LayerEpsilon : Keys.RmsEpsilon).Gguf!, (float)norm.Epsilon);
        yield return (Keys.ParallelBlocks.Gguf!, fields.WasAsked(Keys.ParallelBlocks) ? flow.Kind == Blocks.FlowKind.Parallel : null);
        yield return (Keys.ScoreCap.Gguf!, (float?)first?.ScoreCap);
        yield return (Keys.LogitCap.Gguf!, (float?)ends.LogitCap);
        yield return (Keys.AttentionScale.Gguf!, first is null || spec.Block(0).Mixer is SideBySide ? null : (float?)Scale(first));
        yield return (Keys.EmbeddingScale.Gguf!,
            fields.WasAsked(Keys.EmbeddingScale) && !ends.AreMultipliedInGguf ? (float)ends.EmbeddingScale : null);
        yield return (Keys.ResidualScale.Gguf!, flow.Residual == 1 ? null : (float)flow.Residual);
        yield return (Keys.LogitScale.Gguf!, LogitScale(spec));
        yield return (Keys.AlibiExponent.Gguf!, (float?)first?.Alibi?.Greatest);
        yield return (Keys.Clip.Gguf!, (float?)first?.Clip);
        yield return ("attention.temperature_scale", (float?)first?.Growth?.Beta);
        yield return (Ends.TokenTable.WidthKey, spec.Family.GgufByKind ? (uint)(ends.Tokens?.Width ?? 0) : null);
    }

    /// <summary>What scores are multiplied by where that is not 1 / √(head width).</summary>
    private static double? Scale(FullAttention attention) =>
        attention.Scale is { } scale && Math.Abs(scale * Math.Sqrt(attention.HeadWidth) - 1) > 1e-12 ? scale : null;

    private static object? LogitScale(ModelSpec spec) =>
        spec.Config.Fields.WasAsked(Keys.LogitDivisor.Name) ? (float)(1 / spec.Ends.LogitScale)
        : spec.Config.Fields.WasAsked(Keys.LogitScale.Name) ? (float)spec.Ends.LogitScale : null;

    /// <summary>A number, or all of them where blocks differ.</summary>
    public static object OneOrAll(IEnumerable<int> numbers) => numbers.ToArray() is var all
        && Array.TrueForAll(all, number => number == all[0]) ? (uint)all[0] : all;

    /// <summary>0 where a block has no such part. Where it has experts, the width is that of the first dense block, or else what the
    /// configuration says.</summary>
    public static int FeedWidth(ModelSpec spec, int block) => spec.Block(block).Feed is not Feeds.Experts experts
        ? Width(spec.Block(block).Feed)
        : GgufExperts.Feeds(spec).Where(feed => feed is not Feeds.Experts).Select(Width)
            .FirstOrDefault(width => width > 0) is > 0 and var width ? width
            : spec.Config.Fields.Size(Keys.FeedForwardWidth) ?? experts.Inner;

    private static int Width(Feeds.IFeedSpec feed) =>
        (int)(feed.Parameters.FirstOrDefault(part => part.Role == Sdk.Compression.LinearRole.Down)?.Shape[1] ?? 0);
}
