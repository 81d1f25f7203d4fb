using LlmKick.Reports.Comparisons;
using LlmKick.Reports.Examples;
using LlmKick.Reports.Spreads;
using LlmKick.Reports.Stored;

namespace LlmKick.Reports.Content;

/// <summary>All that a report tells.</summary>
/// <param name="Run">The run, or several together.</param>
/// <param name="Comparisons">Variants beside the dense model.</param>
/// <param name="Spreads">What was repeated over seeds.</param>
/// <param name="Examples">Some samples of each comparison.</param>
internal sealed record Report(StoredRun Run, IReadOnlyList<Comparison> Comparisons, IReadOnlyList<Spread> Spreads, ExampleSet Examples)
{
    /// <summary>Reads the samples and makes the report.</summary>
    public static Report Of(StoredRun run)
    {
        var picker = new ExamplePicker(run);
        var comparisons = new DenseComparisons(run, picker.Look).Make();
        return new Report(run, comparisons, SeedGroups.Of(run), picker.Take());
    }
}
