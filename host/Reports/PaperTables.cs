using System.Globalization;
using LlmKick.Reports.Comparisons;
using LlmKick.Reports.Content;
using LlmKick.Reports.Sections;
using LlmKick.Reports.Spreads;
using LlmKick.Reports.Wording;
using LlmKick.Runs.Results;
using LlmKick.Storage;
using LlmKick.Terminals;

namespace LlmKick.Reports;

/// <summary>Tables for papers and spreadsheets.</summary>
internal static class PaperTables
{
    private static readonly string[] Headings =
    [
        "variant", "method", "sparsity", "bits_per_weight", "bytes", "non_zeros", "task", "metric", "n", "value", "low", "high", "ratio",
        "ratio_low", "ratio_high", "matching_5",
        "right_to_wrong", "wrong_to_right", "wrong_to_other_wrong", "p", "p_holm",
    ];

    /// <summary>One line a variant, one column a task: the score with its interval, and what is kept of the dense one's.</summary>
    public static IEnumerable<string> Markdown(Report report)
    {
        var hasSizes = report.Run.Variants.Any(variant => variant.NonzeroRatio is not null);
        string[] Sized(string cell) => hasSizes ? [cell] : [];
        yield return Line(["variant", "sparsity", "bits", "size", .. Sized("parameters left"),
            .. report.Run.Tasks.Select(task => $"{task.Name} ({task.Main.Name})")]);
        yield return Line(["---", "---:", "---:", "---:", .. Sized("---:"), .. report.Run.Tasks.Select(_ => "---:")]);
        foreach (var variant in report.Run.Variants)
            yield return Line([variant.Name, variant.Sparsity is { } zeros ? DisplayText.Sparsity(zeros.PrunedMatrices) : "–",
                variant.Size is { } size ? DisplayText.Bits(size.BitsPerWeight) : "–",
                variant.Size is { } all ? ByteCount.OnDisk(all.Bytes) : "–",
                .. Sized(DisplayText.Left(variant)), .. report.Run.Tasks.Select(task => Cell(report, variant, task))]);
        foreach (var line in Spreads(report).Concat(report.Sections.SelectMany(one => SectionMarkdown.Lines(one.Section))))
            yield return line;
    }

    private static IEnumerable<string> Spreads(Report report)
    {
        if (report.Spreads.Count == 0)
            yield break;
        yield return "";
        yield return Line(SpreadTable.Headings);
        yield return Line([.. SpreadTable.Headings.Select(_ => "---")]);
        foreach (var one in report.Spreads)
            yield return Line(SpreadTable.Cells(one));
    }

    /// <summary>One line for each metric of each variant and task; numbers in full.</summary>
    public static IEnumerable<string> Csv(Report report)
    {
        yield return string.Join(',', Headings);
        foreach (var variant in report.Run.Variants)
            foreach (var task in report.Run.Tasks)
                foreach (var metric in variant.Find(task.Name)?.Metrics ?? [])
                    yield return string.Join(',',
                        Fields(variant, task, metric, metric.Name == task.Main.Name ? Find(report, variant, task) : null).Select(Quote));
    }

    private static object?[] Fields(VariantResults variant, TaskMeaning task, MetricResults metric, Comparison? one) =>
    [
        variant.Name, variant.Method, variant.Sparsity?.PrunedMatrices, variant.Size?.BitsPerWeight, variant.Size?.Bytes,
        variant.Size?.NonZeros, task.Name, metric.Name, metric.N, metric.Value, metric.Low, metric.High,
        one?.Ratio, one?.Interval.Low, one?.Interval.High, one is null ? null : Json.Of(one.Within(Verdict.Tolerance)),
        one?.P is null ? null : one.Lost, one?.P is null ? null : one.Won, one?.P is null ? null : one.OtherWrong, one?.RawP, one?.P,
    ];

    private static string Quote(object? value)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return text.AsSpan().ContainsAny(",\"\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    private static string Line(IEnumerable<string> cells) =>
        $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |";

    private static string Cell(Report report, VariantResults variant, TaskMeaning task)
    {
        if (variant.Metric(task.Name, task.Main.Name) is not { } metric)
            return "–";
        var score = $"{DisplayText.Number(metric.Value)} {DisplayText.Interval(metric)}";
        return Find(report, variant, task) is { } one ? $"{score}; {DisplayText.Kept(one)}"
            + $"{(one.Within(Verdict.Tolerance) switch { Match.Matching => " ✓", Match.Not => " ✗", Match.Undecided => " ?", _ => " –" })}"
            : score;
    }

    private static Comparison? Find(Report report, VariantResults variant, TaskMeaning task) =>
        report.Comparisons.FirstOrDefault(one => one.Variant == variant.Name && one.Task == task.Name);
}
