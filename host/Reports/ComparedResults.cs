using System.Globalization;
using LlmKick.Reports.Comparisons;
using LlmKick.Reports.Content;
using LlmKick.Runs.Results;

namespace LlmKick.Reports;

/// <summary>Adds to results what comparisons found.</summary>
internal static class ComparedResults
{
    /// <summary>The results with <c>against_dense</c> in each task, and with <c>frontier</c>, <c>partings</c>, <c>findings</c> and, where
    /// something was repeated over seeds, <c>spreads</c>.</summary>
    public static RunResults Of(Report report)
    {
        var found = report.Comparisons.ToDictionary(one => (one.Variant, one.Task), Of);
        return report.Run with
        {
            Variants = [.. report.Run.Variants.Select(variant => variant with { Tasks = [.. variant.Tasks.Select(task =>
                task with { AgainstDense = found.GetValueOrDefault((variant.Name, task.Name)) })] })],
            Frontier = Frontiers.Of(report.Comparisons),
            Partings = [.. HiddenLoss.Of(report.Comparisons).Select(one => new PartingResults(one.Task.Method, one.Task.Task,
                one.Task.Sparsity, one.Task.Variant, one.Task.Ratio, one.Perplexity.Ratio))],
            Findings = [.. new Verdict(report.Comparisons).Sentences()],
            Spreads = report.Spreads.Count > 0 ? report.Spreads : null,
        };
    }

    /// <summary>One comparison.</summary>
    public static ComparisonResults Of(Comparison one) => new(one.Metric, one.Ratio, one.Interval.Low, one.Interval.High, one.Samples,
        one.IsInformative, new OrderedDictionary<string, Match>(Comparison.Tolerances.Select(tolerance =>
            KeyValuePair.Create(tolerance.ToString(CultureInfo.InvariantCulture), one.Within(tolerance)))),
        Clusters: one.Clusters,
        FewSamples: IntervalNotes.IsFew(one) ? true : null,
        DeltaP: one.RightOption?.Mean,
        DeltaPLow: one.RightOption?.Interval.Low,
        DeltaPHigh: one.RightOption?.Interval.High,
        DeltaPRms: one.RightOption?.Rms,
        RightToWrong: one.P is null ? null : one.Lost,
        WrongToRight: one.P is null ? null : one.Won,
        WrongToOtherWrong: one.P is null ? null : one.OtherWrong,
        Net: one.P is null ? null : one.Net,
        Churn: one.P is null ? null : one.Churn,
        P: one.P is null ? null : one.RawP,
        PHolm: one.P);
}
