using System.Globalization;

namespace LlmKick.Reports.Comparisons;

/// <summary>How many questions tell a loss from none, of paired answers of which a share differs.</summary>
internal static class QuestionsNeeded
{
    // Of the standard normal distribution: 97.5 % and 80 %.
    private const double Confidence = 1.959964, Power = 0.841621;

    /// <summary>
    /// The number at which in four of five runs without a loss the 95 % interval lies within the difference; of a loss as large as the
    /// difference, at which McNemar's test finds it in about as many.
    /// </summary>
    /// <param name="disagreement">Share of questions answered right by one model and wrong by the other; 0 … 1.</param>
    /// <param name="difference">The difference of the shares of right answers; above 0.</param>
    /// <returns>A number of two digits that count, rounded up.</returns>
    public static int For(double disagreement, double difference)
    {
        // Where nothing differs an interval is as wide as Wilson's at 0.
        var exact = Math.Max(disagreement * Math.Pow((Confidence + Power) / difference, 2), Confidence * Confidence * (1 / difference - 1));
        var unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(exact)) - 1));
        return (int)Math.Min(int.MaxValue, Math.Ceiling(exact / unit) * unit);
    }

    /// <summary>The number for the tolerance of a comparison, with what is assumed of it.</summary>
    /// <remarks>Where as many were asked as would tell that nothing is lost, as much is taken to be lost as was seen.</remarks>
    public static string Of(Comparison one)
    {
        var border = Verdict.Tolerance * one.Dense;
        var (needed, loss) = (For(one.Churn, border), "nothing is lost");
        if (needed <= one.Samples)
            // A loss of exactly the border would take endlessly many: it is told from one a hundredth beside it.
            (needed, loss) = (For(one.Churn, Math.Max(Math.Abs(border - (one.Dense - one.Value)), border / 100)), "as much is lost");
        return needed <= one.Samples ? "a few more would tell" : string.Create(CultureInfo.InvariantCulture,
            $"about {needed:#,0} would tell, if {loss} and as many answers turn right or wrong as here ({100 * one.Churn:0.#} %)"
            + $"{(one.Clusters is null ? "" : ", each question alone")}");
    }
}
