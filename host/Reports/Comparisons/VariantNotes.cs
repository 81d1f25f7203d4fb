using LlmKick.Runs.Results;

namespace LlmKick.Reports.Comparisons;

/// <summary>What is to be known of variants before their scores are read.</summary>
internal static class VariantNotes
{
    /// <summary>Sentences about coverage, calibration data and routers.</summary>
    public static IEnumerable<string> Sentences(IReadOnlyList<VariantResults> variants) =>
        CoverageNotes.Sentences(variants).Concat(DataNotes.Sentences(variants)).Concat(RoutingNotes.Sentences(variants));
}
