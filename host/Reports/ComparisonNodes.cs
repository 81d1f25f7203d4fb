using System.Globalization;
using System.Text.Json.Nodes;
using LlmKick.Reports.Comparisons;
using LlmKick.Storage;

namespace LlmKick.Reports;

/// <summary>Writes what comparisons found into a results document.</summary>
internal static class ComparisonNodes
{
    /// <summary>Adds <c>against_dense</c> to each task, and <c>frontier</c>, <c>partings</c> and <c>findings</c> at the end.</summary>
    public static void Add(JsonObject results, IReadOnlyList<Comparison> comparisons)
    {
        var variants = results["variants"]!.AsArray()
            .ToDictionary(variant => (string)variant!["name"]!, variant => variant!["tasks"]!.AsObject());
        foreach (var one in comparisons)
            variants[one.Variant][one.Task]!["against_dense"] = Of(one);
        results["frontier"] = Json.List(Frontier.Of(comparisons), Of);
        results["partings"] = Json.List(Parting.Of(comparisons), Of);
        results["findings"] = Json.List(new Verdict(comparisons).Sentences(), sentence => sentence);
    }

    /// <summary>One comparison.</summary>
    public static JsonObject Of(Comparison one)
    {
        var node = new JsonObject
        {
            ["metric"] = one.Metric,
            ["ratio"] = Json.Of(one.Ratio),
            ["low"] = Json.Of(one.Interval.Low),
            ["high"] = Json.Of(one.Interval.High),
            ["n"] = one.Samples,
            ["informative"] = one.IsInformative,
            ["matching"] = Json.Map(Comparison.Tolerances, tolerance => tolerance.ToString(CultureInfo.InvariantCulture),
                tolerance => Json.Of(one.Within(tolerance))),
        };
        if (one.Clusters is { } clusters)
            node["clusters"] = clusters;
        if (IntervalNotes.IsFew(one))
            node["few_samples"] = true;
        if (one.RightOption is { } right)
            (node["delta_p"], node["delta_p_low"], node["delta_p_high"], node["delta_p_rms"]) =
                (Json.Of(right.Mean), Json.Of(right.Interval.Low), Json.Of(right.Interval.High), Json.Of(right.Rms));
        if (one.P is { } p)
            AddFlips(node, one, p);
        return node;
    }

    private static void AddFlips(JsonObject node, Comparison one, double p)
    {
        (node["right_to_wrong"], node["wrong_to_right"], node["wrong_to_other_wrong"]) = (one.Lost, one.Won, one.OtherWrong);
        (node["net"], node["churn"]) = (one.Net, one.Churn);
        (node["p"], node["p_holm"]) = (one.RawP, p);
    }

    private static JsonObject Of(Frontier one) => new()
    {
        ["method"] = one.Method,
        ["task"] = one.Task,
        ["sparsity"] = one.Sparsity,
        ["low"] = one.Low,
        ["high"] = one.High,
        ["largest_tried"] = one.Largest,
    };

    private static JsonObject Of(Parting one) => new()
    {
        ["method"] = one.Task.Method,
        ["task"] = one.Task.Task,
        ["sparsity"] = one.Task.Sparsity,
        ["variant"] = one.Task.Variant,
        ["task_ratio"] = one.Task.Ratio,
        ["perplexity_ratio"] = one.Perplexity.Ratio,
    };
}
