using System.Numerics;
using LlmKick.Sdk.Statistics;

namespace LlmKick.Sdk.Models;

/// <summary>Noise for each token: the largest sum of a logit and its noise is a draw from the logits' softmax.</summary>
/// <param name="seed">The answer's seed.</param>
/// <param name="step">The token's place in the answer.</param>
internal readonly struct GumbelNoise(int seed, int step)
{
    // A double's digits; the half that is added keeps 0 and 1 out, whose logarithms are no numbers.
    private const int FractionBits = 53;
    private const int Unused = 64 - FractionBits;

    private readonly ulong _stream = SplitMix64.At(unchecked((ulong)seed), (ulong)step);

    /// <summary>The noise of a token.</summary>
    public double At(int token)
    {
        var uniform = ((SplitMix64.At(_stream, (ulong)token) >> Unused) + 0.5) / (1UL << FractionBits);
        return -Math.Log(-Math.Log(uniform));
    }

    /// <summary>A bound of the noise that needs no logarithm: −log(−log u) ≤ −log(1 − u), and 1 − u ≥ 2^(−zeros − 1).</summary>
    public double AtMost(int token) => (BitOperations.LeadingZeroCount(~SplitMix64.At(_stream, (ulong)token)) + 1) * LogTwo;

    private const double LogTwo = 0.69314718055994530942;
}
