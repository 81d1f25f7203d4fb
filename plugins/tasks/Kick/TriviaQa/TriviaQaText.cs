using System.Text;
using System.Text.RegularExpressions;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Kick.TriviaQa;

/// <summary>Compares texts as TriviaQA's own evaluation does (version 1.0).</summary>
internal static partial class TriviaQaText
{
    private const string Punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~‘’´";

    /// <summary>Lower case, accents composed, without punctuation and articles, one space between words.</summary>
    public static string Normalize(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var character in AnswerText.Compose(text).ToLowerInvariant())
            plain.Append(Punctuation.Contains(character, StringComparison.Ordinal) ? ' ' : character);
        return string.Join(' ', Words(Articles().Replace(plain.ToString(), " ")));
    }

    /// <summary>The harmonic mean of precision and recall over the words of two normalised texts.</summary>
    public static double F1(string prediction, string answer)
    {
        var (predicted, right) = (Words(prediction), Words(answer));
        var left = right.GroupBy(word => word).ToDictionary(group => group.Key, group => group.Count());
        var same = predicted.Count(word => left.TryGetValue(word, out var count) && (left[word] = count - 1) >= 0);
        return same == 0 ? 0 : 2.0 * same / (predicted.Length + right.Length);
    }

    /// <summary>Whether a normalised text has a normalised answer as whole words.</summary>
    public static bool HasWords(string text, string answer) => $" {text} ".Contains($" {answer} ", StringComparison.Ordinal);

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"\b(a|an|the)\b")]
    private static partial Regex Articles();
}
