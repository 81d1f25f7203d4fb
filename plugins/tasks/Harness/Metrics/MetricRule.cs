using System.Text.RegularExpressions;
using LlmKick.Harness.Python;
using LlmKick.Harness.Yaml;

namespace LlmKick.Harness.Metrics;

/// <summary>What a task measures.</summary>
/// <param name="Name">Such as <c>acc</c>.</param>
/// <param name="Aggregation">How rows are put together, such as <c>mean</c>.</param>
/// <param name="HigherIsBetter">Its direction.</param>
/// <param name="Match">How texts are compared.</param>
internal sealed record MetricRule(string Name, string Aggregation, bool HigherIsBetter, TextMatch Match)
{
    private const string Key = "metric_list";

    private static readonly Dictionary<string, (string Aggregation, bool Higher)> Known = new()
    {
        ["acc"] = ("mean", true),
        ["acc_norm"] = ("mean", true),
        ["acc_bytes"] = ("mean", true),
        ["acc_mutual_info"] = ("mean", true),
        ["exact_match"] = ("mean", true),
        ["f1"] = ("f1", true),
        ["mcc"] = ("matthews_corrcoef", true),
        ["brier_score"] = ("brier_score", false),
        ["perplexity"] = ("perplexity", false),
        ["word_perplexity"] = ("weighted_perplexity", false),
        ["byte_perplexity"] = ("weighted_perplexity", false),
        ["bits_per_byte"] = ("bits_per_byte", false),
        ["bleu"] = ("bleu", true),
        ["chrf"] = ("chrf", true),
        ["ter"] = ("ter", false),
    };

    private static readonly Dictionary<OutputKind, (string[] Usual, string[] Others)> OfKind = new()
    {
        [OutputKind.MultipleChoice] = (["acc", "acc_norm"], ["acc_bytes", "acc_mutual_info", "exact_match", "f1", "mcc", "brier_score"]),
        [OutputKind.Loglikelihood] = (["perplexity", "acc"], []),
        [OutputKind.LoglikelihoodRolling] = (["word_perplexity", "byte_perplexity", "bits_per_byte"], []),
        [OutputKind.GenerateUntil] = (["exact_match"], ["bleu", "chrf", "ter"]),
    };

    /// <summary>Reads a task's metrics.</summary>
    /// <exception cref="Sdk.LlmKickException">One is unknown, or none of such a task.</exception>
    public static IReadOnlyList<MetricRule> Read(TaskFile file, OutputKind kind)
    {
        var (usual, others) = OfKind[kind];
        switch (file.Values.GetValueOrDefault(Key))
        {
            case null:
                return [.. usual.Select(name => new MetricRule(name, Known[name].Aggregation, Known[name].Higher, TextMatch.Whole))];
            case IReadOnlyList<object?> { Count: > 0 } list:
                return [.. list.Select(entry => One(file, entry, [.. usual, .. others]))];
            default:
                throw file.Fault(Key, "give a list of metrics, such as [{ metric: acc }].");
        }
    }

    private static MetricRule One(TaskFile file, object? entry, IReadOnlyList<string> allowed)
    {
        if (entry is not IReadOnlyDictionary<string, object?> map || map.GetValueOrDefault("metric") is not { } given)
            throw file.Fault(Key, "each entry is a map with `metric`.");
        if (map.Values.OfType<FunctionName>().FirstOrDefault() is { } function)
            throw Functions.NamedFunctions.Refusal(file, Key, function.Name);
        var name = PythonText.Str(given);
        if (!allowed.Contains(name))
            throw file.Fault(Key, $"the metric '{name}' is not one of this kind of task{KnownKeys.Meant(name, allowed)}; "
                + $"there are {string.Join(", ", allowed)}.");
        KnownKeys.Require(file, Key, map.Keys, ["metric", "aggregation", "higher_is_better", "hf_evaluate", .. TextMatch.Keys]);
        var (aggregation, higher) = Known[name];
        var asked = map.GetValueOrDefault("aggregation") is { } other ? PythonText.Str(other) : aggregation;
        if ((asked == "mcc" ? "matthews_corrcoef" : asked) is var wanted && wanted != aggregation
            && !(aggregation == "mean" && wanted is "median"))
            throw file.Fault(Key, $"'{name}' is put together by {aggregation}, not by '{asked}'; leave `aggregation` out.");
        return new MetricRule(name, wanted, map.GetValueOrDefault("higher_is_better") as bool? ?? higher,
            TextMatch.Read(map, file.Place(Key)));
    }
}
