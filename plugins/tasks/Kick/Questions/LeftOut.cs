using Microsoft.Extensions.Logging;

namespace LlmKick.Kick.Questions;

/// <summary>Counts rows that a task cannot use, by reason.</summary>
internal sealed partial class LeftOut
{
    private readonly SortedDictionary<string, int> counts = new(StringComparer.Ordinal);

    /// <summary>All rows that are left out.</summary>
    public int Count => counts.Values.Sum();

    /// <summary>How many for which reason: <c>2 without an answer, 1 without a question</c>.</summary>
    public string Reasons => string.Join(", ", counts.Select(one => $"{one.Value} {one.Key}"));

    /// <summary>Counts rows.</summary>
    /// <param name="reason">What is wrong with them, such as <c>without an answer</c>.</param>
    /// <param name="count">How many.</param>
    public void Add(string reason, int count = 1) => counts[reason] = counts.GetValueOrDefault(reason) + count;

    /// <summary>Tells of them, if there are any.</summary>
    /// <param name="logger">Who is told.</param>
    /// <param name="path">Where they are.</param>
    public void Tell(ILogger logger, string path)
    {
        if (Count > 0)
            TellRows(logger, path, Count, Reasons);
    }

    [LoggerMessage(LogLevel.Warning, "{Path}: {Count} rows that cannot be used are left out: {Reasons}.")]
    private static partial void TellRows(ILogger logger, string path, int count, string reasons);
}
