namespace Contoso.Plugin_1;

/// <summary>P(next byte | byte), counted in a text: (count + smoothing) / (total + 256 · smoothing).</summary>
internal sealed class Bigrams
{
    private const int Bytes = 256;
    private readonly double[] logProbabilities = new double[Bytes * Bytes];

    public Bigrams(ReadOnlySpan<byte> text, double smoothing)
    {
        var counts = new long[Bytes * Bytes];
        for (var i = 1; i < text.Length; i++)
            counts[(text[i - 1] * Bytes) + text[i]]++;
        for (var row = 0; row < counts.Length; row += Bytes)
        {
            var total = counts.AsSpan(row, Bytes).ToArray().Sum() + (Bytes * smoothing);
            for (var next = 0; next < Bytes; next++)
                logProbabilities[row + next] = Math.Log((counts[row + next] + smoothing) / total);
        }
    }

    public static int ParameterCount => Bytes * Bytes;

    /// <summary>The log-probability of a byte after another, in nats.</summary>
    public double LogProbability(int previous, int next) => logProbabilities[(previous * Bytes) + next];

    /// <summary>The log-probabilities of all bytes after another.</summary>
    public float[] LogProbabilities(int previous) => [.. Enumerable.Range(0, Bytes).Select(next => (float)LogProbability(previous, next))];

    /// <summary>The two most probable bytes after another; of equals the smaller first.</summary>
    public (int Best, int Second) BestAfter(int previous)
    {
        var order = Enumerable.Range(0, Bytes).OrderByDescending(next => LogProbability(previous, next)).Take(2).ToArray();
        return (order[0], order[1]);
    }
}
