using LlmKick.Reports.Samples;

namespace LlmKick.Reports.Comparisons;

/// <summary>Two tables of samples and what they have in common.</summary>
/// <param name="Dense">The first.</param>
/// <param name="Here">The second.</param>
/// <param name="Pairs">The samples of both.</param>
internal sealed record PairedTables(SampleTable Dense, SampleTable Here, IReadOnlyList<PairedSample> Pairs)
{
    /// <summary>Pairs two tables.</summary>
    public static PairedTables Of(SampleTable dense, SampleTable here) => new(dense, here, PairedSample.Of(dense, here));
}
