using System.Globalization;
using LlmKick.Runs.Plan;
using LlmKick.Runs.Records;
using LlmKick.Terminals;

namespace LlmKick.Reports;

/// <summary>The table of variants and metrics without a group, as much of it as fits.</summary>
internal static class ResultsTable
{
    private const string Missing = "–";

    /// <summary>
    /// The table of what a folder holds: all metrics with intervals; where that is too wide, each task's first metric; where that is
    /// too wide still, without shares that say little of these variants, and at last without intervals.
    /// </summary>
    public static TextTable Of(RunPlan plan, RunRecords records, int width)
    {
        var columns = Columns(plan, records);
        var first = columns.DistinctBy(column => column.Task).ToList();
        return new[] { Of(plan, records, columns, true, true), Of(plan, records, first, true, true), Of(plan, records, first, true, false),
            Of(plan, records, first, false, true) }
            .FirstOrDefault(table => table.Width <= width) ?? Of(plan, records, first, withIntervals: false, withAllShares: false);
    }

    private static TextTable Of(RunPlan plan, RunRecords records, List<(string Task, string Metric)> columns, bool withIntervals,
        bool withAllShares)
    {
        var isShort = columns.DistinctBy(column => column.Task).Count() == columns.Count;
        var shares = ShareColumn.Of(plan.Variants.Select(records.Of).OfType<VariantRecord>(), withAllShares);
        var table = new TextTable(["variant", .. shares.Select(share => share.Heading),
            .. columns.Select(column => isShort ? column.Task : Heading(column))]);
        foreach (var variant in plan.Variants)
            table.Add([variant.Name, .. shares.Select((share, i) => Cell(share, i, records.Of(variant))),
                .. columns.Select(column => Cell(variant, column, records, withIntervals))]);
        return table;
    }

    private static string Cell(ShareColumn share, int place, VariantRecord? record) =>
        record is { Error: not null } ? place == 0 ? "failed" : Missing : record is null ? Missing : share.Cell(record) ?? Missing;

    private static string Heading((string Task, string Metric) column) => column.Task == column.Metric ? column.Metric
        : $"{column.Task} {column.Metric}";

    private static List<(string Task, string Metric)> Columns(RunPlan plan, RunRecords records) =>
    [
        .. from task in plan.Recipe.Tasks
           from metric in plan.Variants.Select(variant => Record(variant, task.Name, records))
               .FirstOrDefault(record => record is { Error: null })?.Metrics ?? []
           where !metric.Name.Contains('/')
           select (task.Name, metric.Name),
    ];

    private static TaskRecord? Record(VariantPlan variant, string task, RunRecords records) =>
        records.Of(variant) is { Error: null } ? records.Of(variant, variant.Tasks.First(one => one.Name == task)) : null;

    private static string Cell(VariantPlan variant, (string Task, string Metric) column, RunRecords records, bool withInterval)
    {
        if (Record(variant, column.Task, records) is not { } record)
            return Missing;
        if (record.Error is not null)
            return "failed";
        return record.Metrics.FirstOrDefault(metric => metric.Name == column.Metric) is { } found
            ? Number(found.Value) + (withInterval ? Interval(found) : "")
            : Missing;
    }

    private static string Interval(MetricRecord metric) => double.IsNaN(metric.Low) && double.IsNaN(metric.High) ? $" [{Missing}]"
        : $" [{Number(metric.Low)}, {Number(metric.High)}]";

    private static string Number(double value) => value switch
    {
        double.NaN => "NaN",
        < 10 and > -10 => value.ToString("0.000", CultureInfo.InvariantCulture),
        < 1e5 and > -1e5 => value.ToString("0.00", CultureInfo.InvariantCulture),
        _ => value.ToString("0.00e+0", CultureInfo.InvariantCulture),
    };
}
