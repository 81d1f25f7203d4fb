using System.Globalization;
using LlmKick.Runs.Records;
using LlmKick.Runs.Results;

namespace LlmKick.Reports.Comparisons;

/// <summary>Says where calibration data were too poor for what compressors asked of them.</summary>
internal static class DataNotes
{
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
    }

    private static string Linears(int count) => Count(count, "linear");

    private static string Count(int count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {what}{(count == 1 ? "" : "s")}");
}
