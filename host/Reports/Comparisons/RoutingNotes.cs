using System.Globalization;
using LlmKick.Runs.Results;
using LlmKick.Sdk.Models;

namespace LlmKick.Reports.Comparisons;

/// <summary>Says how many choices of experts were too close for other rounding to make them alike.</summary>
internal static class RoutingNotes
{
    /// <summary>One sentence for all variants with a close choice in some task; none where there are none.</summary>
    public static IEnumerable<string> Sentences(IEnumerable<VariantResults> variants)
    {
        var close = variants.Select(variant => (variant.Name, Choices: Sum(variant))).Where(one => one.Choices.Close > 0).ToList();
        if (close.Count > 0)
            yield return "Choices of experts where the last one chosen and the next lie closer than bfloat16 tells apart, so that another "
                + $"type or machine may choose otherwise: {string.Join("; ", close.Select(one => Told(one.Name, one.Choices)))}.";
    }

    private static RouterChoices Sum(VariantResults variant) =>
        variant.Tasks.Aggregate(default(RouterChoices), (all, task) => all + (task.Routing ?? default));

    private static string Told(string variant, RouterChoices choices) => string.Create(CultureInfo.InvariantCulture,
        $"{variant} {choices.Close:#,0} of {choices.Choices:#,0} ({100.0 * choices.Close / choices.Choices:0.##} %)");
}
