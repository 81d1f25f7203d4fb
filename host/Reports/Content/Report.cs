using LlmKick.Reports.Comparisons;
using LlmKick.Reports.Examples;
using LlmKick.Reports.Sections;
using LlmKick.Reports.Spreads;
using LlmKick.Runs.Results;
using LlmKick.Sdk.Reports;

namespace LlmKick.Reports.Content;

/// <summary>All that a report tells.</summary>
/// <param name="Run">The run, or several together.</param>
/// <param name="Comparisons">Variants beside the dense model.</param>
/// <param name="Spreads">What was repeated over seeds.</param>
/// <param name="Examples">Some samples of each comparison.</param>
/// <param name="Sections">What plugins tell, by the names of their sections.</param>
internal sealed record Report(RunResults Run, IReadOnlyList<Comparison> Comparisons, IReadOnlyList<Spread> Spreads, ExampleSet Examples,
    IReadOnlyList<(string Name, ReportSection Section)> Sections)
{
    /// <summary>The runs that it is of, one by one.</summary>
    public IReadOnlyList<RunResults> Runs => Run.Parts.Count > 0 ? Run.Parts : [Run];

    /// <summary>Reads the samples and makes the report.</summary>
    /// <param name="run">The results.</param>
    /// <param name="sections">Makes the sections of plugins, or null.</param>
    public static Report Of(RunResults run, PluginSections? sections = null)
    {
        var picker = new ExamplePicker(run);
        var comparisons = new DenseComparisons(run, picker.Look).Make();
        return new Report(run, comparisons, SeedGroups.Of(run), picker.Take(), sections?.Make(run) ?? []);
    }
}
