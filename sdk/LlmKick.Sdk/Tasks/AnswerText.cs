using System.Text;

namespace LlmKick.Sdk.Tasks;

/// <summary>
/// Compares answers word by word as the evaluations of SQuAD and TriviaQA do (Rajpurkar et al., 2016; Joshi et al., 2017): case,
/// punctuation and articles do not count.
/// </summary>
public static class AnswerText
{
    private static readonly HashSet<string> Articles = ["a", "an", "the"];

    /// <summary>Whether a text has an answer's words one after another.</summary>
    /// <param name="text">Where the answer is looked for.</param>
    /// <param name="answer">The answer. Where it is articles alone ("The The"), they count; one without a letter or digit is nowhere.</param>
    public static bool ContainsWords(string text, string answer)
    {
        var (words, wanted) = Comparable(text, answer);
        return wanted.Length > 0 && words.AsSpan().IndexOf(wanted) >= 0;
    }

    /// <summary>Whether a text is an answer and nothing more.</summary>
    /// <param name="text">The text.</param>
    /// <param name="answer">The answer. Where it is articles alone ("The The"), they count; one without a letter or digit is nowhere.</param>
    public static bool SameWords(string text, string answer)
    {
        var (words, wanted) = Comparable(text, answer);
        return wanted.Length > 0 && words.AsSpan().SequenceEqual(wanted);
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
        foreach (var character in text.ToLowerInvariant())
            plain.Append(char.IsPunctuation(character) || char.IsSymbol(character) ? ' ' : character);
        return plain.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }
}
