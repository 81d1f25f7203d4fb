namespace LlmKick.Quickstart.Training;

/// <summary>An n-gram model with interpolated Kneser-Ney smoothing (Kneser and Ney, 1995; Chen and Goodman, 1999): what counting alone can
/// do.</summary>
internal sealed class NgramModel
{
    private const double Discount = 0.75;
    private readonly int order;
    private readonly int vocabulary;
    private readonly Dictionary<string, Dictionary<int, int>>[] counts;

    /// <summary>Counts a text.</summary>
    /// <param name="tokens">The text.</param>
    /// <param name="order">Tokens in the longest n-gram.</param>
    /// <param name="vocabulary">Number of tokens.</param>
    public NgramModel(IReadOnlyList<int> tokens, int order, int vocabulary)
    {
        (this.order, this.vocabulary) = (order, vocabulary);
        counts = [.. Enumerable.Range(0, order).Select(_ => new Dictionary<string, Dictionary<int, int>>(StringComparer.Ordinal))];
        for (var i = 0; i < tokens.Count; i++)
            Count(tokens, i);
    }

    /// <summary>The perplexity of another text.</summary>
    public double Perplexity(IReadOnlyList<int> tokens) =>
        Math.Exp(-Enumerable.Range(1, tokens.Count - 1).Average(i => Math.Log(Probability(tokens, i, Math.Min(order - 1, i)))));

    // The longest context counts occurrences, the shorter ones in how many different contexts a token was seen.
    private void Count(IReadOnlyList<int> tokens, int i)
    {
        for (var length = Math.Min(order - 1, i); length >= 0; length--)
        {
            var key = Key(tokens, i, length);
            if (!counts[length].TryGetValue(key, out var followers))
                counts[length][key] = followers = [];
            followers[tokens[i]] = followers.GetValueOrDefault(tokens[i]) + 1;
            if (followers[tokens[i]] > 1)
                return;
        }
    }

    private double Probability(IReadOnlyList<int> tokens, int i, int length)
    {
        if (length < 0)
            return 1.0 / vocabulary;
        var lower = Probability(tokens, i, length - 1);
        if (!counts[length].TryGetValue(Key(tokens, i, length), out var followers))
            return lower;
        double total = followers.Values.Sum(), own = followers.GetValueOrDefault(tokens[i]);
        return (Math.Max(0, own - Discount) + Discount * followers.Count * lower) / total;
    }

    private static string Key(IReadOnlyList<int> tokens, int end, int length)
    {
        var key = new char[length];
        for (var i = 0; i < length; i++)
            key[i] = (char)tokens[end - length + i];
        return new string(key);
    }
}
