using System.Text.Json.Nodes;
using LlmKick.Storage;

namespace LlmKick.Reports.Spreads;

/// <summary>Writes spreads into a results document.</summary>
internal static class SpreadNodes
{
    /// <summary>Adds <c>spreads</c> where something was repeated over seeds.</summary>
    public static void Add(JsonObject results, IReadOnlyList<Spread> spreads)
    {
        if (spreads.Count > 0)
            results["spreads"] = Json.List(spreads, Of);
    }

    private static JsonObject Of(Spread one) => new()
    {
        ["variant"] = one.Variant,
        ["task"] = one.Task,
        ["metric"] = one.Metric,
        ["seeds"] = one.Values.Count,
        ["mean"] = one.Mean,
        ["deviation"] = one.Deviation,
        ["low"] = one.Values.Min(),
        ["high"] = one.Values.Max(),
        ["item_deviation"] = Json.Of(one.ItemDeviation),
    };
}
