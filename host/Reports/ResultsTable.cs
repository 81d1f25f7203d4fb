using System.Globalization;
using LlmKick.Commands;
using LlmKick.Runs;

namespace LlmKick.Reports;

/// <summary>The table of variants and metrics without a group, as much of it as fits.</summary>
internal static class ResultsTable
{
    private const string Missing = "–";
    private static readonly string[] Shares = ["sparsity", "of all"];

    /// <summary>
    /// The table of what a folder holds: all metrics with intervals; where that is too wide, each task's first metric; where that is
    /// too wide still, without intervals, and at last without the share of all parameters.
    /// </summary>
    public static TextTable Of(RunPlan plan, RunRecords records, int width)
    {
        var columns = Columns(plan, records);
        var first = columns.DistinctBy(column => column.Task).ToList();
        return new[] { Of(plan, records, columns, true, true), Of(plan, records, first, true, true), Of(plan, records, first, false, true) }.FirstOrDefault(table => table.Width <= width)
            ?? Of(plan, records, first, withIntervals: false, withShareOfAll: false);
    }

    private static TextTable Of(RunPlan plan, RunRecords records, List<(string Task, string Metric)> columns, bool withIntervals, bool withShareOfAll)
    {
        var isShort = columns.DistinctBy(column => column.Task).Count() == columns.Count;
        var shares = withShareOfAll ? 2 : 1;
        var table = new TextTable(["variant", .. Shares[..shares], .. columns.Select(column => isShort ? column.Task : Heading(column))]);
        foreach (var variant in plan.Variants)
            table.Add([variant.Name, .. Sparsity(records.Of(variant))[..shares], .. columns.Select(column => Cell(variant, column, records, withIntervals))]);
        return table;
    }

    private static string Heading((string Task, string Metric) column) => column.Task == column.Metric ? column.Metric : $"{column.Task} {column.Metric}";

    private static List<(string Task, string Metric)> Columns(RunPlan plan, RunRecords records) =>
    [
        .. from task in plan.Recipe.Tasks
           from metric in plan.Variants.Select(variant => Record(variant, task.Name, records)).FirstOrDefault(record => record is { Error: null })?.Metrics ?? []
           where !metric.Name.Contains('/')
           select (task.Name, metric.Name),
    ];

    private static TaskRecord? Record(VariantPlan variant, string task, RunRecords records) =>
        records.Of(variant) is { Error: null } ? records.Of(variant, variant.Tasks.First(one => one.Name == task)) : null;

    private static string[] Sparsity(VariantRecord? record) => record?.Sparsity is { } sparsity
        ? [Percent(sparsity.PrunedMatrices), Percent(sparsity.AllParameters)]
        : [record?.Error is null ? Missing : "failed", Missing];

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

    private static string Interval(MetricRecord metric) => double.IsNaN(metric.Low) && double.IsNaN(metric.High) ? $" [{Missing}]" : $" [{Number(metric.Low)}, {Number(metric.High)}]";

    private static string Percent(double share) => share.ToString("0.0 %", CultureInfo.InvariantCulture);

    private static string Number(double value) => value switch
    {
        double.NaN => "NaN",
        < 10 and > -10 => value.ToString("0.000", CultureInfo.InvariantCulture),
        < 1e5 and > -1e5 => value.ToString("0.00", CultureInfo.InvariantCulture),
        _ => value.ToString("0.00e+0", CultureInfo.InvariantCulture),
    };
}
