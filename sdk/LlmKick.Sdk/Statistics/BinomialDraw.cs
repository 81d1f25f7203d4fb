namespace LlmKick.Sdk.Statistics;

/// <summary>Draws from binomial distributions by inversion from the mode outwards: about √n steps.</summary>
/// <param name="most">The greatest number of trials.</param>
internal sealed class BinomialDraw(int most)
{
    // The upper 53 bits of a draw as a number below 1.
    private const double Unit = 1.0 / (1L << 53);

    private readonly double[] logFactorials = LogFactorials(most);

    /// <summary>Successes of a number of trials.</summary>
    /// <param name="trials">0 … the greatest number.</param>
    /// <param name="chance">Of one success; above 0 and below 1.</param>
    /// <param name="random">Random numbers.</param>
    public int Next(int trials, double chance, SplitMix64 random)
    {
        var mode = (int)((trials + 1) * chance);
        double odds = chance / (1 - chance), below = Probability(trials, mode, chance), above = below;
        var left = (random.Next() >> 11) * Unit - below;
        for (int low = mode, high = mode; left >= 0 && (low > 0 || high < trials);)
        {
            if (high < trials && (left -= above *= odds * (trials - high) / ++high) < 0)
                return high;
            if (low > 0 && (left -= below *= low / (odds * (trials - --low))) < 0)
                return low;
        }
        return mode;
    }

    private double Probability(int trials, int successes, double chance) => Math.Exp(
        logFactorials[trials] - logFactorials[successes] - logFactorials[trials - successes] + successes * Math.Log(chance)
            + (trials - successes) * Math.Log(1 - chance));

    private static double[] LogFactorials(int most)
    {
        var sums = new double[most + 1];
        for (var i = 1; i <= most; i++)
            sums[i] = sums[i - 1] + Math.Log(i);
        return sums;
    }
}
