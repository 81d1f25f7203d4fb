using System.Text;

namespace LlmKick.Transformers.Tokenization;

/// <summary>Lays the tokens of a piece over it.</summary>
/// <param name="widths">Bytes of UTF-8 that each id takes of a piece; negative where that depends on the piece, as for unknown
/// tokens.</param>
internal sealed class PieceAlignment(Func<int, int> widths)
{
    public IEnumerable<TextRange> Of(Fragment piece, int[] ids)
    {
        var units = Units(piece.Span);
        var slack = Math.Max(0, units.Count - 1 - ids.Sum(id => Math.Max(0, widths(id))));
        var (open, at) = (ids.Count(id => widths(id) < 0), 0);
        foreach (var id in ids)
        {
            var width = widths(id);
            if (width < 0)
            {
                // Several unknown tokens share what no other token takes; the reference does not say how either.
                width = slack / open--;
                slack -= width;
            }
            var end = Math.Min(at + width, units.Count - 1);
            yield return end > at ? piece.Origin(units[at].Start, units[end - 1].End) : piece.Place(units[at].Start);
            at = end;
        }
    }

    /// <summary>By byte of the piece's UTF-8, the character that it belongs to; one more at the end.</summary>
    private static List<TextRange> Units(ReadOnlySpan<char> text)
    {
        var units = new List<TextRange>(text.Length + 1);
        for (int at = 0, length; at < text.Length; at += length)
        {
            Rune.DecodeFromUtf16(text[at..], out var rune, out length);
            for (var i = 0; i < rune.Utf8SequenceLength; i++)
                units.Add(new TextRange(at, at + length));
        }
        units.Add(new TextRange(text.Length, text.Length));
        return units;
    }
}
