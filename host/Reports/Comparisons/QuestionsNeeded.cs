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
    public static string Of(Comparison one) => string.Create(CultureInfo.InvariantCulture,
        $"about {For(one.Churn, Verdict.Tolerance * one.Dense):#,0} would tell, if nothing is lost and as many answers turn right or wrong "
            + $"as here ({100 * one.Churn:0.#} %){(one.Clusters is null ? "" : ", each question alone")}");
}
