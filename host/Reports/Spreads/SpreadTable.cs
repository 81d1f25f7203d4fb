using LlmKick.Reports.Wording;
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
        one.Variant, one.Task, one.Metric, Words.Index(one.Values.Count), Words.Number(one.Mean), Words.Deviation(one.Deviation),
        $"{Words.Number(one.Values.Min())} … {Words.Number(one.Values.Max())}", Words.Deviation(one.ItemDeviation),
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
