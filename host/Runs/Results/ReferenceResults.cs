using System.Text.Json.Serialization;
using LlmKick.Recipes;

namespace LlmKick.Runs.Results;

/// <summary>A number that somebody printed, beside the run's own.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Task">The task.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Printed">The printed number.</param>
/// <param name="Source">Where it is printed; null where the recipe does not say.</param>
/// <param name="Value">The run's own number; null, like what follows, where there is none.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Its upper end.</param>
/// <param name="Holds">Whether the interval holds the printed number.</param>
internal sealed record ReferenceResults(string Variant, string Task, string Metric, double Printed,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Source, double? Value, double? Low, double? High,
    bool? Holds)
{
    /// <summary>A reference beside what was measured.</summary>
    public static ReferenceResults Of(ReferenceSpec reference, IReadOnlyList<VariantResults> variants)
    {
        var measured = variants.FirstOrDefault(one => one.Name == reference.Variant)?.Metric(reference.Task, reference.Metric ?? "");
        return new ReferenceResults(reference.Variant, reference.Task, reference.Metric ?? "", reference.Value, reference.Source,
            measured?.Value, measured?.Low, measured?.High,
            measured is null ? null : reference.Value >= measured.Low && reference.Value <= measured.High);
    }
}
