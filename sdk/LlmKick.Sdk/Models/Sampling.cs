using System.Security.Cryptography;
using System.Text;

namespace LlmKick.Sdk.Models;

/// <summary>How tokens are drawn instead of taking the most probable one.</summary>
/// <remarks>
/// Logits are divided by the temperature; of these <see cref="TopK"/> keeps the largest, and of these <see cref="TopP"/> the nucleus, as in
/// Hugging Face's transformers. A draw depends on the seed, the place in the answer and the logits alone, so that an answer is the same
/// whatever else is asked; it takes the largest logit plus Gumbel noise (Gumbel, 1954), which is a draw from their softmax, so that two
/// models with nearly the same logits draw the same tokens.
/// </remarks>
public sealed record Sampling
{
    /// <summary>What logits are divided by.</summary>
    /// <value>0: the most probable token is taken, and nothing is drawn.</value>
    public double Temperature { get; init; } = 1;

    /// <summary>How many tokens are drawn among, those as probable as the last of them included.</summary>
    /// <value>Null: all.</value>
    public int? TopK { get; init; }

    /// <summary>Draws only among the fewest most probable tokens that together have this probability.</summary>
    /// <value>1: all.</value>
    public double TopP { get; init; } = 1;

    /// <summary>Decides the draws: a number of its own for each answer, 0 or more.</summary>
    public required int Seed { get; init; }

    /// <summary>A seed for one answer, made of a run's seed and what the answer is to.</summary>
    /// <param name="seed">The task's seed.</param>
    /// <param name="sample">The sample's id.</param>
    /// <param name="turn">The answer's place in a conversation, from 0.</param>
    /// <returns>0 or more, so that servers take it too.</returns>
    public static int SeedOf(int seed, string sample, int turn = 0) =>
        BitConverter.ToInt32(
            SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{seed}/{turn}/{sample}")))) & int.MaxValue;

    /// <summary>Draws a token, for models that are not computed by <see cref="Scheduling.LocalLanguageModel"/>.</summary>
    /// <param name="logits">A logit, or log-probability, for each token of the vocabulary.</param>
    /// <param name="step">The token's place in the answer, from 0.</param>
    /// <returns>
    /// The token, and how much smaller its logit could have been, as <see cref="GenerateResponse.Gaps"/> says. Logits of which
    /// none is a number (a broken model's) give the first.
    /// </returns>
    public (int Token, float Gap) Draw(ReadOnlySpan<float> logits, int step)
    {
        var scale = Temperature > 0 ? Temperature : 1;
        var scaled = new double[logits.Length];
        for (var token = 0; token < scaled.Length; token++)
            scaled[token] = logits[token] / scale;
        TokenFilter.Apply(scaled, this);
        var (best, gap) = Largest(scaled, Temperature > 0 ? new GumbelNoise(Seed, step) : null);
        return (best, (float)(gap * scale));
    }

    private static (int Token, double Gap) Largest(double[] scaled, GumbelNoise? noise)
    {
        var (token, best, second) = (0, double.NegativeInfinity, double.NegativeInfinity);
        for (var i = 0; i < scaled.Length; i++)
        {
            if (!(scaled[i] + (noise?.AtMost(i) ?? 0) > second))
                continue;
            var value = scaled[i] + (noise?.At(i) ?? 0);
            if (value > best)
                (token, best, second) = (i, value, best);
            else if (value > second)
                second = value;
        }
        return (token, best - second);
    }
}
