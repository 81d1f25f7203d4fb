using System.Text;

namespace LlmKick.Sdk.Models;

/// <summary>An answer's bytes with its special tokens spelled, and what of them is text.</summary>
internal sealed class SpelledAnswer
{
    private readonly byte[] bytes;
    private readonly List<(int Start, int Length, bool IsText)> tokens = [];

    /// <summary>An answer of which only the text is known.</summary>
    public SpelledAnswer(string text) => bytes = Encoding.UTF8.GetBytes(text);

    public SpelledAnswer(IReadOnlyList<int> ids, ITokenizer tokenizer)
    {
        var all = new List<byte>();
        foreach (var id in ids)
        {
            var isText = !tokenizer.IsSpecial(id);
            var spelled = isText ? tokenizer.Bytes(id).ToArray() : Encoding.UTF8.GetBytes(tokenizer.Decode([id]));
            tokens.Add((all.Count, spelled.Length, isText));
            all.AddRange(spelled);
        }
        bytes = [.. all];
    }

    /// <summary>Whether a mark stands at a place.</summary>
    public bool HasAt(int start, string mark) => bytes.AsSpan(start).StartsWith(Encoding.UTF8.GetBytes(mark));

    /// <summary>Where a mark stands at a place or behind it.</summary>
    public int? IndexOf(string mark, int from) => bytes.AsSpan(from).IndexOf(Encoding.UTF8.GetBytes(mark)) is >= 0 and var at
        ? from + at : null;

    /// <summary>The first place from one on that is no blank space.</summary>
    public int Blank(int from)
    {
        while (from < bytes.Length && bytes[from] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            from++;
        return from;
    }

    /// <summary>Tokens that begin before a place.</summary>
    public int TokensBefore(int end) => tokens.Count(token => token.Start < end);

    /// <summary>UTF-16 units of the text before a place.</summary>
    public int LengthBefore(int end)
    {
        var text = tokens.Count == 0 ? bytes[..end] : [.. tokens.Where(token => token.IsText && token.Start < end)
            .SelectMany(token => bytes[token.Start..Math.Min(token.Start + token.Length, end)])];
        return Encoding.UTF8.GetCharCount(text);
    }
}
