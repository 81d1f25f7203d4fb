using System.Globalization;
using LlmKick.Runs.Records;
using LlmKick.Runs.Results;

namespace LlmKick.Reports.Comparisons;

/// <summary>Says where calibration data were too poor for what compressors asked of them.</summary>
internal static class DataNotes
{
    // Beyond it a sentence is no longer read; results.json has all.
    private const int ExpertsTold = 24;

    private const string WithoutData = "treated without data, as by rounding to nearest or by magnitude";

    /// <summary>A sentence for the variants of which the same is to be told.</summary>
    public static IEnumerable<string> Sentences(IEnumerable<VariantResults> variants) => variants
        .Where(variant => variant.CalibrationData is not null)
        .GroupBy(variant => string.Join("; ", Told(variant.CalibrationData!)), variant => variant.Name)
        .Select(alike => $"Of {string.Join(", ", alike)}: {alike.Key}.");

    private static IEnumerable<string> Told(DataRecord data)
    {
        if (data.Raised > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{Linears(data.Raised)} took more damping than was asked for, up to "
                + $"{data.LargestDamping:0.######} of the mean diagonal, since the calibration data do not determine the solution");
        if (data.DeadLinears > 0)
            yield return $"{Count(data.DeadInputs, "input")} of {Linears(data.DeadLinears)} {(data.DeadInputs == 1 ? "was" : "were")} zero "
                + $"in every calibration token, so that nothing tells what their weights are for";
        if (data.Unreached > 0)
            yield return $"{Linears(data.Unreached)} {(data.Unreached == 1 ? "was" : "were")} reached by no calibration token";
        foreach (var alike in (data.Experts ?? []).GroupBy(expert => (expert.Compressor, expert.Left)))
            yield return $"{Count(alike.Count(), "expert")} {(alike.Count() == 1 ? "was" : "were")} sent too few calibration tokens for "
                + $"{alike.Key.Compressor} and {(alike.Key.Left ? "left as before" : WithoutData)}: " + Named([.. alike]);
    }

    /// <summary>Experts with their tokens, block by block.</summary>
    private static string Named(List<ColdExpert> experts)
    {
        var told = experts.Take(ExpertsTold).GroupBy(expert => expert.Block).Select(block =>
            string.Create(CultureInfo.InvariantCulture, $"block {block.Key}: ") + string.Join(", ", block.Select(expert =>
                string.Create(CultureInfo.InvariantCulture, $"{expert.Expert} ({Count(expert.Tokens, "token")})"))));
        var rest = experts.Count - ExpertsTold;
        return string.Join("; ", told) + (rest > 0
            ? string.Create(CultureInfo.InvariantCulture, $"; and {rest:#,0} more, in calibration_data of results.json") : "");
    }

    private static string Linears(int count) => Count(count, "linear");

    private static string Count(long count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {what}{(count == 1 ? "" : "s")}");
}
