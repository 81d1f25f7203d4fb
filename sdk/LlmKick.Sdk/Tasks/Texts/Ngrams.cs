namespace LlmKick.Sdk.Tasks.Texts;

/// <summary>Sequences of consecutive words.</summary>
public static class Ngrams
{
    /// <summary>All of one length, in order; none where there are fewer words.</summary>
    /// <param name="words">The words.</param>
    /// <param name="length">Words in each.</param>
    public static IEnumerable<string> Of(IReadOnlyList<string> words, int length) =>
        Enumerable.Range(0, Math.Max(0, words.Count - length + 1)).Select(start => string.Join(' ', words.Skip(start).Take(length)));

    /// <summary>The share that another text has too; 0 where there are none.</summary>
    /// <param name="words">The words.</param>
    /// <param name="source">The other text's words.</param>
    /// <param name="length">Words in each n-gram.</param>
    public static double CopiedShare(IReadOnlyList<string> words, IReadOnlyList<string> source, int length)
    {
        var known = Of(source, length).ToHashSet(StringComparer.Ordinal);
        return Of(words, length).Select(known.Contains).Select(copied => copied ? 1.0 : 0).DefaultIfEmpty(0).Average();
    }

    /// <summary>The share that was there before in the same text; 0 where there are none.</summary>
    /// <param name="words">The words.</param>
    /// <param name="length">Words in each n-gram.</param>
    public static double RepeatedShare(IReadOnlyList<string> words, int length)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        return Of(words, length).Select(ngram => known.Add(ngram) ? 0.0 : 1).DefaultIfEmpty(0).Average();
    }
}
