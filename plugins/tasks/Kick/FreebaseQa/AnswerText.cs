using System.Text;

namespace LlmKick.Kick.FreebaseQa;

/// <summary>Compares answers as TriviaQA's official evaluation does: case, punctuation and articles do not count.</summary>
internal static class AnswerText
{
    private static readonly HashSet<string> Articles = ["a", "an", "the"];

    /// <summary>Whether a text has an answer's words one after another. An answer without a letter or digit is nowhere.</summary>
    public static bool ContainsWords(string text, string answer)
    {
        var wanted = Words(answer).Where(word => !Articles.Contains(word)).ToArray();
        // "The The" and "A" are names: where nothing else is left, articles count.
        return wanted.Length > 0
            ? Contains([.. Words(text).Where(word => !Articles.Contains(word))], wanted)
            : Contains([.. Words(text)], [.. Words(answer)]);
    }

    private static bool Contains(ReadOnlySpan<string> words, ReadOnlySpan<string> wanted) => wanted.Length > 0 && words.IndexOf(wanted) >= 0;

    private static string[] Words(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var character in text.ToLowerInvariant())
            plain.Append(char.IsPunctuation(character) || char.IsSymbol(character) ? ' ' : character);
        return plain.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }
}
