using System.Globalization;

namespace LlmKick.Transformers.Tokenization.Loading;

/// <summary>
/// What ends a generation: all that generation_config, config and the tokenizer name. The reference takes the first of them that speaks,
/// so that where they differ it would go on.
/// </summary>
internal static class EndOfText
{
    public static IReadOnlyList<int> Of(TokenizerSettings settings, int? own) =>
        [.. settings.Ends.SelectMany(row => row.Ids).Concat(own is { } id ? [id] : []).Distinct()];

    /// <summary>Says where the files differ; null where they do not.</summary>
    public static string? Remark(TokenizerSettings settings, int? own)
    {
        var rows = settings.Ends.Append((File: "the tokenizer", Ids: own is { } id ? [id] : [])).Where(row => row.Ids.Length > 0).ToList();
        var all = Of(settings, own);
        return rows.Count == 0 || all.All(rows[0].Ids.Contains)
            ? null
            : $"What ends a text differs in '{settings.Folder}': "
                + $"{string.Join(", ", rows.Select(row => $"{row.File} names {string.Join(" and ", row.Ids.Select(Text))}"))}. "
                + $"Any of them ends it here; the reference stops at {string.Join(" and ", rows[0].Ids.Select(Text))} alone.";
    }

    private static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);
}
