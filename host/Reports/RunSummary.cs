using System.Text.Json.Nodes;
using LlmKick.Reports.Comparisons;
using LlmKick.Reports.Content;
using LlmKick.Reports.Plots;
using LlmKick.Reports.Spreads;
using LlmKick.Reports.Stored;
using LlmKick.Runs.Plan;
using LlmKick.Runs.Records;
using LlmKick.Terminals;

namespace LlmKick.Reports;

/// <summary>What a person is shown when a run ends: a table, a plot, and what follows from the numbers.</summary>
/// <param name="plan">The plan.</param>
/// <param name="folder">Where the run is kept.</param>
/// <param name="results">The results document.</param>
/// <param name="comparisons">Variants beside the dense model.</param>
/// <param name="spreads">What was repeated over seeds.</param>
/// <param name="variants">What the results say of the variants.</param>
internal sealed class RunSummary(RunPlan plan, RunFolder folder, JsonObject results, IReadOnlyList<Comparison> comparisons,
    IReadOnlyList<Spread> spreads, IReadOnlyList<StoredVariant> variants)
{
    private const int MostWidth = 100;

    /// <summary>Writes it to stdout.</summary>
    public void Write(Terminal terminal)
    {
        var records = new RunRecords(folder);
        foreach (var sentence in CoverageNotes.Sentences(variants).Concat(DataNotes.Sentences(variants)))
            terminal.Out.WriteLine(WordWrap.At(sentence, Math.Min(terminal.Width, MostWidth)));
        ResultsTable.Of(plan, records, terminal.Width).Write(terminal);
        if (SpreadTable.Of(spreads) is { } table)
        {
            terminal.Out.WriteLine();
            table.Write(terminal);
        }
        if (SparsityPlot.Of(comparisons) is { } plot)
        {
            terminal.Out.WriteLine();
            plot.Write(terminal);
        }
        foreach (var sentence in new Verdict(comparisons).Sentences()
            .Concat(new JudgeSummary(results).Sentences().Select(one => $"{one.Task}: {one.Sentence}")))
        {
            terminal.Out.WriteLine();
            terminal.Out.WriteLine(WordWrap.At(sentence, Math.Min(terminal.Width, MostWidth)));
        }
    }
}
