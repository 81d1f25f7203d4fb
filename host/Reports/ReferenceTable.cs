using LlmKick.Reports.Wording;
using LlmKick.Runs.Results;
using LlmKick.Terminals;

namespace LlmKick.Reports;

/// <summary>Printed numbers beside the run's own, as a table.</summary>
internal static class ReferenceTable
{
    /// <summary>The columns' headings.</summary>
    public static string[] Headings { get; } =
        ["variant", "task", "metric", "printed", "here", "95 % interval", "holds the printed", "source"];

    /// <summary>The cells of a row, in the order of <see cref="Headings"/>.</summary>
    public static string[] Cells(ReferenceResults one) =>
    [
        one.Variant, one.Task, one.Metric, DisplayText.Number(one.Printed),
        one.Value is { } value ? DisplayText.Number(value) : "–",
        one is { Low: { } low, High: { } high } ? $"{DisplayText.Number(low)} … {DisplayText.Number(high)}" : "–",
        one.Holds switch { true => "yes", false => "no", null => "not measured" }, one.Source ?? "",
    ];

    /// <summary>How many of the measured ones hold, as a sentence; null where there are none.</summary>
    public static string? Sentence(IReadOnlyList<ReferenceResults>? all) => all is not { Count: > 0 } ? null
        : all.Where(one => one.Holds is not null).ToList() is { Count: > 0 } measured
        ? $"Printed numbers within the 95 % interval of what was measured here: "
            + $"{DisplayText.Index(measured.Count(one => one.Holds == true))} of {DisplayText.Index(measured.Count)}."
        : "None of the printed numbers has a measured one beside it.";

    /// <summary>The table; null where the recipe has no references.</summary>
    public static TextTable? Of(IReadOnlyList<ReferenceResults>? all)
    {
        if (all is not { Count: > 0 })
            return null;
        var table = new TextTable(Headings);
        foreach (var one in all)
            table.Add(Cells(one));
        return table;
    }
}
