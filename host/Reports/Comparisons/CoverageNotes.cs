using System.Globalization;
using LlmKick.Runs.Records;
using LlmKick.Runs.Results;

namespace LlmKick.Reports.Comparisons;

/// <summary>Says where less was compressed than a variant's name lets expect.</summary>
internal static class CoverageNotes
{
    private static readonly Dictionary<string, string> Reasons = new()
    {
        ["role"] = "are routers or convolutions, which are left unless they are named",
        ["calibration"] = "are experts that were sent too few calibration tokens",
        ["selection"] = "are not selected by the options",
        ["method"] = "the method left as they were",
        ["scaling"] = "lost their codes when a later step scaled their inputs",
    };

    /// <summary>A sentence for the variants that are covered alike, where that is less than usual.</summary>
    public static IEnumerable<string> Sentences(IEnumerable<VariantResults> variants) =>
        Covered(variants).Where(one => one.Coverage.Share < CoverageRecord.Usual).GroupBy(one => Told(one.Coverage), one => one.Variant)
            .Select(alike => $"Of {string.Join(", ", alike)}: {alike.Key}");

    /// <summary>A sentence for each variant that compresses too little to pass.</summary>
    /// <param name="variants">The variants.</param>
    /// <param name="share">Share of the linears' bytes that must be compressed.</param>
    public static IEnumerable<string> Breaches(IEnumerable<VariantResults> variants, double share) =>
        Covered(variants).Where(one => one.Coverage.Share < share)
            .Select(one => $"{one.Variant}: {Told(one.Coverage)} {Percent(share)} is required.");

    private static IEnumerable<(string Variant, CoverageRecord Coverage)> Covered(IEnumerable<VariantResults> variants) =>
        variants.Where(variant => variant.Coverage is not null).Select(variant => (variant.Name, variant.Coverage!));

    private static string Told(CoverageRecord coverage)
    {
        var left = coverage.Left.Select(reason =>
            $"{Percent(reason.Value / (double)coverage.Bytes)} {Reasons.GetValueOrDefault(reason.Key, reason.Key)}");
        return $"{Percent(coverage.Share)} of the bytes of the linears' weights are compressed; {string.Join(", ", left)}.";
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.#} %");
}
