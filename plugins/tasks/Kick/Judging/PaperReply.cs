using System.Globalization;

namespace LlmKick.Kick.Judging;

/// <summary>Reads a judge's reply as the released code does.</summary>
internal static class PaperReply
{
    // The prompt asks for coherence, consistency, fluency and relevance, a line each.
    private const int Aspects = 4;

    /// <summary>Two scores: the first line, commas as spaces, split at each single space, is two numbers and nothing more. Null
    /// otherwise.</summary>
    public static ScorePair? Pair(string reply)
    {
        var parts = reply.Split('\n')[0].Replace(',', ' ').Split(' ');
        return parts.Length == 2 ? Numbers(parts) : null;
    }

    /// <summary>Two scores for each of four aspects: each of the first four lines begins with two numbers. Null otherwise.</summary>
    public static IReadOnlyList<ScorePair>? FourPairs(string reply)
    {
        var pairs = reply.Split('\n').Take(Aspects).Select(line => line.Split(' ') is { Length: >= 2 } parts ? Numbers(parts) : null)
            .OfType<ScorePair>().ToArray();
        return pairs.Length == Aspects ? pairs : null;
    }

    private static ScorePair? Numbers(string[] parts) =>
        Number(parts[0]) is { } first && Number(parts[1]) is { } second ? new ScorePair(first, second) : null;

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        ? number : null;
}
