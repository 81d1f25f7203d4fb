using System.Globalization;
using LlmKick.Transformers.Families;
using LlmKick.Transformers.Formats.Weights;

namespace LlmKick.Transformers.Weights;

/// <summary>Tensors that lie in a model's files and that its text model does not read.</summary>
internal static class UnreadTensors
{
    private const int MostNamed = 3;

    private static readonly string[] Derived =
        [".rotary_emb.inv_freq", ".attn.bias", ".attn.masked_bias", ".attention.bias", ".attention.masked_bias", "self_attn.masked_bias",
            ".rotary_emb.cos_cached", ".rotary_emb.sin_cached"];

    /// <summary>Whether a tensor follows from the configuration: older checkpoints store frequencies and masks.</summary>
    public static bool AreDerived(string name) => Array.Exists(Derived, end => name.EndsWith(end, StringComparison.Ordinal));

    /// <summary>Those of other towers, of prediction heads, and of blocks that look at the keys of others: not the text model's
    /// own.</summary>
    public static List<string> OfOthers(ModelSpec spec, ParameterSource source, IEnumerable<string> unread)
    {
        if (source.Files is GgufWeights)
            return [];
        var first = source.FileName(spec.Embedding)!;
        var root = first[..^spec.EndTensors.Embedding.Name.Length];
        var blocks = root + spec.Family.BlockList + ".";
        return [.. unread.Where(name => !name.StartsWith(blocks, StringComparison.Ordinal) ? IsOther(name)
            : IsExtra(spec, name[blocks.Length..]))];
    }

    /// <summary>How many there are of each kind.</summary>
    public static string Summary(IReadOnlyList<string> names) =>
        string.Join(", ", names.GroupBy(Kind).OrderByDescending(kind => kind.Count())
            .Select(kind => kind.Count() <= MostNamed ? string.Join(", ", kind) : $"{kind.Count()} of {kind.Key}.*"));

    private static bool IsOther(string name) => name.Split('.') is var parts && Array.Exists(parts, part =>
        part.Contains("vision", StringComparison.Ordinal) || part.Contains("visual", StringComparison.Ordinal)
            || part.Contains("audio", StringComparison.Ordinal)
        || part.Contains("multi_modal", StringComparison.Ordinal) || part.Contains("image", StringComparison.Ordinal)
        || part is "mtp" or "nextn" or "connector" or "embed_vision");

    private static bool IsExtra(ModelSpec spec, string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || !int.TryParse(name[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var block))
            return false;
        // DeepSeek V3 and GLM 4.5 have the blocks of their prediction heads behind the last.
        if (block >= spec.BlockCount)
            return block < spec.BlockCount + (spec.Config.Fields.Count("num_nextn_predict_layers") ?? 0);
        return spec.Block(block).Mixer is Mixers.FullAttention { KeysOf: not null, Module: var module } mixer
            && new[] { mixer.Key, mixer.Value, "k_norm", "v_norm" }
                .Any(part => name[(dot + 1)..].StartsWith($"{module}.{part}.", StringComparison.Ordinal));
    }

    private static string Kind(string name) => string.Join('.', name.Split('.').Take(2));
}
