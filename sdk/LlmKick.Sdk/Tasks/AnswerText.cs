using System.Text;

namespace LlmKick.Sdk.Tasks;

/// <summary>
/// Compares answers word by word as the evaluations of SQuAD and TriviaQA do (Rajpurkar et al., 2016; Joshi et al., 2017): case,
/// punctuation and articles do not count, nor whether a letter and its accent are written as one character or two.
/// </summary>
public static class AnswerText
{
    private static readonly HashSet<string> Articles = ["a", "an", "the"];

    /// <summary>Whether a text has an answer's words one after another.</summary>
    /// <param name="text">Where the answer is looked for.</param>
    /// <param name="answer">The answer. Where it is articles alone ("The The"), they count; one without a letter or digit is
    /// nowhere.</param>
    public static bool ContainsWords(string text, string answer)
    {
        var (words, wanted) = Comparable(text, answer);
        return wanted.Length > 0 && words.AsSpan().IndexOf(wanted) >= 0;
    }

    /// <summary>Whether a text is an answer and nothing more.</summary>
    /// <param name="text">The text.</param>
    /// <param name="answer">The answer. Where it is articles alone ("The The"), they count; one without a letter or digit is
    /// nowhere.</param>
    public static bool SameWords(string text, string answer)
    {
        var (words, wanted) = Comparable(text, answer);
        return wanted.Length > 0 && words.AsSpan().SequenceEqual(wanted);
    }

    /// <summary>A text with every letter and its accents as one character where there is one (Unicode's form C).</summary>
    /// <param name="text">The text; half a surrogate pair, which no form has, is left as it is.</param>
    public static string Compose(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return HasHalfPair(text) ? text : text.Normalize();
    }

    private static bool HasHalfPair(string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (char.IsSurrogate(text[i]) && !(char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[++i])))
                return true;
        return false;
    }

    private static (string[] Text, string[] Answer) Comparable(string text, string answer)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(answer);
        var wanted = Words(answer).Where(word => !Articles.Contains(word)).ToArray();
        return wanted.Length > 0
            ? ([.. Words(text).Where(word => !Articles.Contains(word))], wanted)
            : (Words(text), Words(answer));
    }

    private static string[] Words(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var character in Compose(text).ToLowerInvariant())
            plain.Append(char.IsPunctuation(character) || char.IsSymbol(character) ? ' ' : character);
        return plain.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }
}
