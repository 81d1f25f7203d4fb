using System.Text;
using LlmKick.Sdk;

namespace LlmKick.Transformers.Tokenization.Patterns;

/// <summary>
/// .NET's patterns know units of UTF-16 alone. Characters beyond the basic plane are therefore written as one unit each: all that are
/// in the same sets of a pattern as the same private character, whose own meaning is taken in the same way.
/// </summary>
internal sealed class PatternAlphabet
{
    // The first 256 characters of Unicode's private use area.
    private const int FirstStandIn = 0xE000;
    private const int LastStandIn = 0xE0FF;
    private const int FirstBeyond = 0x10000;

    private readonly List<(int First, char StandIn)> _intervals = [];

    /// <summary>Creates the alphabet of some sets.</summary>
    public PatternAlphabet(IReadOnlyList<CodePointSet> sets, Func<string, LlmKickException> fault)
    {
        var standIns = new Dictionary<string, char>();
        var borders = sets.SelectMany(set => set.Ranges).SelectMany(range => new[] { range.First, range.Last + 1 })
            .Append(FirstStandIn).Append(FirstBeyond).Where(IsBeyond).Distinct().Order();
        foreach (var first in borders)
        {
            var signature = string.Concat(sets.Select(set => set.Contains(first) ? '1' : '0'));
            if (!standIns.TryGetValue(signature, out var standIn))
                standIns.Add(signature, standIn = (char)(FirstStandIn + standIns.Count));
            if (standIn > LastStandIn)
                throw fault("its pattern has too many sets of characters beyond the basic plane");
            _intervals.Add((first, standIn));
        }
    }

    /// <summary>Whether a text has to be rewritten.</summary>
    public static bool Concerns(ReadOnlySpan<char> text) => text.IndexOfAnyInRange('\uD800', (char)LastStandIn) >= 0;

    /// <summary>A set as a class of .NET's.</summary>
    public string Class(CodePointSet set)
    {
        var text = new StringBuilder();
        foreach (var (first, last) in set.Ranges.SelectMany(Plain)
            .Concat(_intervals.Where(row => set.Contains(row.First)).Select(row => ((int)row.StandIn, (int)row.StandIn)).Distinct()))
            text.Append(Escape(first)).Append(first == last ? "" : "-" + Escape(last));
        return text.Length == 0 ? "(?!)" : $"[{text}]";
    }

    /// <summary>Rewrites a text.</summary>
    /// <returns>The text, and for each of its units where it stood, with one more for the end.</returns>
    public (string Text, int[] Places) Rewrite(ReadOnlySpan<char> text)
    {
        var (units, places) = (new StringBuilder(text.Length), new List<int>(text.Length + 1));
        for (int at = 0, length; at < text.Length; at += length)
        {
            Rune.DecodeFromUtf16(text[at..], out var rune, out length);
            units.Append(IsBeyond(rune.Value) ? StandIn(rune.Value) : (char)rune.Value);
            places.Add(at);
        }
        return (units.ToString(), [.. places, text.Length]);
    }

    private static bool IsBeyond(int point) => point is (>= FirstBeyond and <= CodePointSet.Last) or (>= FirstStandIn and <= LastStandIn);

    private char StandIn(int point)
    {
        var (low, high) = (0, _intervals.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = point < _intervals[middle].First ? (low, middle - 1) : (middle, high);
        }
        return _intervals[low].StandIn;
    }

    /// <summary>What of a range stands for itself.</summary>
    private static IEnumerable<(int First, int Last)> Plain((int First, int Last) range)
    {
        if (range.First < FirstStandIn)
            yield return (range.First, Math.Min(range.Last, FirstStandIn - 1));
        if (range.Last > LastStandIn && range.First < FirstBeyond)
            yield return (Math.Max(range.First, LastStandIn + 1), Math.Min(range.Last, FirstBeyond - 1));
    }

    private static string Escape(int unit) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"\\u{unit:X4}");
}
