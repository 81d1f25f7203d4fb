using System.Text.RegularExpressions;

namespace LlmKick.Harness.Metrics;

/// <summary>BLEU (Papineni et al., 2002) as sacrebleu computes it: tokens of mteval-13a, exponential smoothing.</summary>
internal static partial class Bleu
{
    private const int Order = 4;

    /// <summary>What a sentence gives: matches and n-grams by order, its length and the reference's.</summary>
    public static double[] Counts(string text, string reference)
    {
        var (words, right) = (Tokens(text), Tokens(reference));
        var counts = new double[(2 * Order) + 2];
        for (var order = 1; order <= Order; order++)
        {
            var known = Ngrams(right, order);
            foreach (var (ngram, count) in Ngrams(words, order))
                counts[order - 1] += Math.Min(count, known.GetValueOrDefault(ngram));
            counts[Order + order - 1] = Math.Max(0, words.Length - order + 1);
        }
        (counts[^2], counts[^1]) = (words.Length, right.Length);
        return counts;
    }

    /// <summary>The score of summed counts, 0 to 100.</summary>
    public static double Score(double[] counts)
    {
        var (length, reference) = (counts[^2], counts[^1]);
        if (counts.Take(Order).All(count => count == 0))
            return 0;
        var (smooth, sum) = (1.0, 0.0);
        for (var i = 0; i < Order; i++)
        {
            if (counts[Order + i] == 0)
                return 0;
            if (counts[i] == 0)
                smooth *= 2;
            sum += Math.Log(100 * (counts[i] == 0 ? 1 / smooth : counts[i]) / counts[Order + i]);
        }
        return (length < reference ? Math.Exp(1 - (reference / length)) : 1) * Math.Exp(sum / Order);
    }

    private static Dictionary<string, int> Ngrams(string[] words, int order)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i + order <= words.Length; i++)
        {
            var ngram = string.Join(' ', words[i..(i + order)]);
            counts[ngram] = counts.GetValueOrDefault(ngram) + 1;
        }
        return counts;
    }

    private static string[] Tokens(string text)
    {
        text = text.TrimEnd().Replace("<skipped>", "", StringComparison.Ordinal).Replace("-\n", "", StringComparison.Ordinal)
            .Replace('\n', ' ').Replace("&quot;", "\"", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal)
            .Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal);
        text = Signs().Replace($" {text} ", " $1 ");
        text = Behind().Replace(text, "$1 $2 ");
        text = Before().Replace(text, " $1 $2");
        return Dash().Replace(text, "$1 $2 ").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }

    [GeneratedRegex(@"([\{-\~\[-\` -\&\(-\+\:-\@\/])")]
    private static partial Regex Signs();

    [GeneratedRegex(@"([^0-9])([\.,])")]
    private static partial Regex Behind();

    [GeneratedRegex(@"([\.,])([^0-9])")]
    private static partial Regex Before();

    [GeneratedRegex("([0-9])(-)")]
    private static partial Regex Dash();
}
