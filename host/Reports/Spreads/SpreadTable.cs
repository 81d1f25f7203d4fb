using LlmKick.Reports.Wording;
using LlmKick.Runs.Results;
using LlmKick.Terminals;

namespace LlmKick.Reports.Spreads;

/// <summary>The spreads as a table.</summary>
internal static class SpreadTable
{
    /// <summary>The columns' headings.</summary>
    public static string[] Headings { get; } = ["variant", "task", "metric", "seeds", "mean", "between seeds", "range", "of samples"];

    /// <summary>The cells of a row, in the order of <see cref="Headings"/>.</summary>
    public static string[] Cells(Spread one) =>
    [
        one.Variant, one.Task, one.Metric, DisplayText.Index(one.Seeds), DisplayText.Number(one.Mean), DisplayText.Deviation(one.Deviation),
        $"{DisplayText.Number(one.Low)} … {DisplayText.Number(one.High)}", DisplayText.Deviation(one.ItemDeviation),
    ];

    /// <summary>The table of each task's first metric, or null where nothing was repeated over seeds.</summary>
    public static TextTable? Of(IReadOnlyList<Spread> spreads)
    {
        if (spreads.Count == 0)
            return null;
        var table = new TextTable(Headings);
        foreach (var one in spreads.DistinctBy(one => (one.Variant, one.Task)))
            table.Add(Cells(one));
        return table;
    }
}
