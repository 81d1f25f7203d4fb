namespace LlmKick.Transformers.Tokenization;

/// <summary>A part of a text on its way to tokens.</summary>
/// <param name="Text">The text that it lies in, as changed so far.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">Its length.</param>
/// <param name="IsFirst">Whether the whole text begins with it.</param>
/// <param name="Origins">For each unit of <paramref name="Text"/> the part of the original that it comes from; null where nobody
/// asks.</param>
internal readonly record struct Fragment(string Text, int Start, int Length, bool IsFirst, TextRange[]? Origins)
{
    /// <summary>A whole text, unchanged.</summary>
    public static Fragment Of(string text, bool tracked) =>
        new(text, 0, text.Length, IsFirst: true,
            tracked ? [.. Enumerable.Range(0, text.Length).Select(i => new TextRange(i, i + 1))] : null);

    public ReadOnlySpan<char> Span => Text.AsSpan(Start, Length);

    public Fragment Slice(int start, int length) => this with { Start = Start + start, Length = length, IsFirst = IsFirst && start == 0 };

    /// <summary>The part of the original that some of its units come from.</summary>
    public TextRange Origin(int start, int end) => end > start
        ? new TextRange(Origins![Start + start].Start, Math.Max(Origins[Start + start].Start, Origins[Start + end - 1].End))
        : Place(start);

    /// <summary>The empty part of the original before a unit, or behind the last.</summary>
    public TextRange Place(int at)
    {
        var place = Start + at < Text.Length ? Origins![Start + at].Start : Text.Length > 0 ? Origins![^1].End : 0;
        return new TextRange(place, place);
    }
}
