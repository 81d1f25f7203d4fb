using LlmKick.Reports.Content;
using LlmKick.Runs.Results;

namespace LlmKick.Reports.Html;

/// <summary>A variant's score in a task beside its size.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Bytes">Bytes of all parameters.</param>
/// <param name="Value">The score.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Its upper end.</param>
internal sealed record SizedScore(VariantResults Variant, long Bytes, double Value, double Low, double High)
{
    /// <summary>The scores of a task.</summary>
    public static IReadOnlyList<SizedScore> Of(Report report, TaskMeaning task) =>
        [.. report.Run.Variants.Select(variant => Of(variant, task)).OfType<SizedScore>()];

    private static SizedScore? Of(VariantResults variant, TaskMeaning task) =>
        variant.Size is { Bytes: var bytes } && variant.Metric(task.Name, task.Main.Name) is { } metric
            && double.IsFinite(metric.Value) ? new SizedScore(variant, bytes, metric.Value, metric.Low, metric.High) : null;
}
