using System.Globalization;
using System.Text.RegularExpressions;

namespace LlmKick.Kick.Judging;

/// <summary>Reads the scores that a judge's reply holds, in every form that judges were seen to write. Nothing is guessed: what is in no
/// form is null.</summary>
internal static partial class StrictReply
{
    // The prompt asks for coherence, consistency, fluency and relevance, a line each.
    private const int Aspects = 4;
    private const double Least = 0;
    private const double LeastRating = 1;
    private const double Most = 10;

    /// <summary>Two scores: alone on the first line, out of ten, in a tuple, or told of each assistant. Several different ones in one form
    /// are none.</summary>
    public static ScorePair? Pair(string reply)
    {
        var text = reply.Trim();
        if (Of(PairLine().Match(text.Split('\n')[0].Trim())) is { } first)
            return first;
        return new[] { OutOfTen(), NamedOutOfTen(), Tuple(), Told() }.Select(form => form.Matches(text))
            .FirstOrDefault(found => found.Count > 0) is { } matches ? Only(matches) : null;
    }

    /// <summary>Two scores for each of four aspects: the first four lines that are not blank, each a pair, with or without the aspect's
    /// name before it.</summary>
    public static IReadOnlyList<ScorePair>? FourPairs(string reply)
    {
        var lines = reply.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).Take(Aspects);
        var pairs = lines.Select(line => Of(LabelledPairLine().Match(line))).OfType<ScorePair>().ToArray();
        return pairs.Length == Aspects ? pairs : null;
    }

    /// <summary>One score of 1 to 10: the verdict in double brackets, as in <c>Rating: [[5]]</c>, or else in single ones after such a
    /// word.</summary>
    public static double? Rating(string reply) =>
        Number(DoubleBrackets().IsMatch(reply) ? AnchoredMark.Find(reply, DoubleBrackets())
            : AnchoredMark.FindLabelled(reply, SingleBrackets())) is >= LeastRating and var rating ? rating : null;

    /// <summary>Which of two answers is better, as 1 and 0, or 0.5 for both: the verdict <c>[[A]]</c>, <c>[[B]]</c> or
    /// <c>[[C]]</c>.</summary>
    public static ScorePair? Verdict(string reply) => AnchoredMark.Find(reply, Verdicts()) switch
    {
        "A" => new ScorePair(1, 0),
        "B" => new ScorePair(0, 1),
        "C" => new ScorePair(0.5, 0.5),
        _ => null,
    };

    private static ScorePair? Only(MatchCollection matches) => matches.Select(Of).Distinct().ToList() is [var only] ? only : null;

    private static ScorePair? Of(Match match) => match.Success && Number(match.Groups["a"].Value) is { } first
        && Number(match.Groups["b"].Value) is { } second
        ? new ScorePair(first, second)
        : null;

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number is >= Least and <= Most ? number : null;

    /// <summary><c>8 9</c>, <c>8.5, 9</c>.</summary>
    [GeneratedRegex(@"^\(?(?<a>\d+(\.\d+)?)\s*[\s,]\s*(?<b>\d+(\.\d+)?)\)?\.?$")]
    private static partial Regex PairLine();

    /// <summary><c>Coherence: 8 9</c>.</summary>
    [GeneratedRegex(@"^(\d\.\s+)?([A-Za-z]+\s*[:\-]\s*)?\(?(?<a>\d+(\.\d+)?)\s*[\s,]\s*(?<b>\d+(\.\d+)?)\)?$")]
    private static partial Regex LabelledPairLine();

    /// <summary><c>8.5/10 for Assistant 1, 9/10 for Assistant 2</c>.</summary>
    [GeneratedRegex(@"(?<a>\d+(\.\d+)?)/10 for Assistant 1\W+(and )?(?<b>\d+(\.\d+)?)/10 for Assistant 2")]
    private static partial Regex OutOfTen();

    /// <summary><c>Assistant 1: 10/10</c>, and on the next line <c>Assistant 2: 4/10</c>.</summary>
    [GeneratedRegex(@"Assistant 1\s*[:=]\s*(?<a>\d+(\.\d+)?)/10\W+Assistant 2\s*[:=]\s*(?<b>\d+(\.\d+)?)/10")]
    private static partial Regex NamedOutOfTen();

    /// <summary><c>The scores for Assistant 1 and Assistant 2 are (4, 4)</c>, <c>the output is (10, 1)</c>, or a tuple alone on its line:
    /// never a point of a task in geometry.</summary>
    [GeneratedRegex(@"(?:(?:scores?|output)\b[^.()\n]*|^\s*)\((?<a>\d+(\.\d+)?),\s*(?<b>\d+(\.\d+)?)\)(?=[\s.]|$)",
        RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Tuple();

    /// <summary><c>I would score Assistant 1 a 6 and Assistant 2 a 5</c>, <c>Assistant 1 receives a score of 10 …, while Assistant 2
    /// receives a score of 1</c>.</summary>
    [GeneratedRegex(@"Assistant 1 (?:an? |(?:receives|gets|"
        + @"earns) )(?:an? )?(?:score of )?(?<a>\d+(\.\d+)?)\b[^.\n]*?Assistant 2 (?:an? |(?:receives|gets|"
        + @"earns) )(?:an? )?(?:score of )?(?<b>\d+(\.\d+)?)\b")]
    private static partial Regex Told();

    [GeneratedRegex(@"\[\[([ABC])\]\]")]
    private static partial Regex Verdicts();

    [GeneratedRegex(@"\[\[(\d+(?:\.\d+)?)(?:\s*/\s*10)?\]\]")]
    private static partial Regex DoubleBrackets();

    [GeneratedRegex(@"\[(\d+(?:\.\d+)?)(?:\s*/\s*10)?\]")]
    private static partial Regex SingleBrackets();
}
