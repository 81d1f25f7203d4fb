using System.Globalization;
using LlmKick.Runs.Results;
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
    public static TextTable Of(RunResults results, int width)
    {
        var columns = Columns(results);
        var first = columns.DistinctBy(column => column.Task).ToList();
        TextTable[] tables = [Of(results, columns, true, true), Of(results, first, true, true), Of(results, first, true, false),
            Of(results, first, false, true)];
        return Array.Find(tables, table => table.Width <= width) ?? Of(results, first, withIntervals: false, withAllShares: false);
    }

    private static TextTable Of(RunResults results, List<(string Task, string Metric)> columns, bool withIntervals, bool withAllShares)
    {
        var isShort = columns.DistinctBy(column => column.Task).Count() == columns.Count;
        var shares = ShareColumn.Of(results.Variants, withAllShares);
        var table = new TextTable(["variant", .. shares.Select(share => share.Heading),
            .. columns.Select(column => isShort ? column.Task : Heading(column))]);
        foreach (var name in results.Planned)
            table.Add([name, .. shares.Select((share, i) => Cell(share, i, results.Find(name))),
                .. columns.Select(column => Cell(results.Find(name)?.Find(column.Task), column.Metric, withIntervals))]);
        return table;
    }

    private static string Cell(ShareColumn share, int place, VariantResults? variant) =>
        variant is { Error: not null } ? place == 0 ? "failed" : Missing : variant is null ? Missing : share.Cell(variant) ?? Missing;

    private static string Heading((string Task, string Metric) column) => column.Task == column.Metric ? column.Metric
        : $"{column.Task} {column.Metric}";

    private static List<(string Task, string Metric)> Columns(RunResults results) =>
    [
        .. from task in results.Tasks
           from metric in results.Variants.Select(variant => variant.Find(task.Name)?.Metrics).FirstOrDefault(one => one is not null) ?? []
           where !metric.Name.Contains('/')
           select (task.Name, metric.Name),
    ];

    private static string Cell(TaskResults? task, string metric, bool withInterval) => task is { Error: not null } ? "failed"
        : task?.Metrics?.FirstOrDefault(one => one.Name == metric) is not { } found ? Missing
        : Number(found.Value) + (withInterval ? Interval(found) : "");

    private static string Interval(MetricResults metric) => double.IsNaN(metric.Low) && double.IsNaN(metric.High) ? $" [{Missing}]"
        : $" [{Number(metric.Low)}, {Number(metric.High)}]";

    private static string Number(double value) => value switch
    {
        double.NaN => "NaN",
        < 10 and > -10 => value.ToString("0.000", CultureInfo.InvariantCulture),
        < 1e5 and > -1e5 => value.ToString("0.00", CultureInfo.InvariantCulture),
        _ => value.ToString("0.00e+0", CultureInfo.InvariantCulture),
    };
}
