using LlmKick.Reports.Content;
using LlmKick.Runs.Results;

namespace LlmKick.Reports.Html;

/// <summary>A method's scores in a task.</summary>
/// <param name="Method">The method.</param>
/// <param name="Place">Its place among the run's methods, which its colour and mark follow from.</param>
/// <param name="Points">Its scores, by sparsity.</param>
internal sealed record Curve(string Method, int Place, IReadOnlyList<CurvePoint> Points)
{
    /// <summary>The curves of a task.</summary>
    public static IReadOnlyList<Curve> Of(Report report, TaskMeaning task) =>
    [
        .. report.Run.Variants.Where(variant => variant.Sparsity?.PrunedMatrices > 0).GroupBy(variant => variant.Method)
            .Select((method, place) => new Curve(method.Key, place, Gather(method, task)))
            .Where(curve => curve.Points.Count > 0),
    ];

    /// <summary>A point for each variant, and one for those that differ only in their seeds.</summary>
    private static IReadOnlyList<CurvePoint> Gather(IEnumerable<VariantResults> method, TaskMeaning task) =>
    [
        .. method.GroupBy(variant => variant.Group ?? variant.Name)
        .Select(seeds => seeds.Select(variant => Point(variant, task)).OfType<CurvePoint>().ToList())
            .Where(seeds => seeds.Count > 0).Select(CurvePoint.Of).OrderBy(point => point.Sparsity),
    ];

    private static CurvePoint? Point(VariantResults variant, TaskMeaning task) =>
        variant.Metric(task.Name, task.Main.Name) is { } metric
            && double.IsFinite(metric.Value)
            ? new CurvePoint(variant.Sparsity!.PrunedMatrices, metric.Value, metric.Low, metric.High) : null;
}
