using LlmKick.Harness.Python;
using LlmKick.Harness.Rows;
using LlmKick.Harness.Yaml;
using LlmKick.Sdk;

namespace LlmKick.Harness.Filters;

/// <summary>What a row's answers are passed through, under a name.</summary>
/// <param name="Name">Such as <c>strict-match</c>.</param>
/// <param name="Steps">Each makes a list of texts of another, with the row.</param>
/// <param name="TakesFirst">Whether at the end the first text is taken; else the list is scored.</param>
internal sealed record FilterPipeline(string Name, IReadOnlyList<Func<IReadOnlyList<string>, Row, IReadOnlyList<string>>> Steps,
    bool TakesFirst)
{
    private const string Key = "filter_list";
    private static readonly string[] Known = ["take_first", "take_first_k", "regex", "multi_choice_regex", "remove_whitespace", "lowercase",
        "uppercase", "map", "majority_vote"];

    /// <summary>Reads a task's filters.</summary>
    /// <exception cref="LlmKickException">One is unknown or malformed.</exception>
    public static IReadOnlyList<FilterPipeline> Read(TaskFile file) => file.Values.GetValueOrDefault(Key) switch
    {
        null => [new FilterPipeline("none", [], TakesFirst: true)],
        IReadOnlyList<object?> { Count: > 0 } list => [.. list.Select(entry => One(file, entry))],
        _ => throw file.Fault(Key, "give a list of filters, each with `name` and `filter`."),
    };

    /// <summary>What comes out: a text, or a list of them.</summary>
    public object Apply(IReadOnlyList<string> answers, Row row)
    {
        foreach (var step in Steps)
            answers = step(answers, row);
        return TakesFirst ? answers.Count > 0 ? answers[0] : "" : answers;
    }

    private static FilterPipeline One(TaskFile file, object? entry)
    {
        if (entry is not IReadOnlyDictionary<string, object?> map || map.GetValueOrDefault("filter") is not IReadOnlyList<object?> steps)
            throw file.Fault(Key, "each entry is a map with `name` and a list `filter`.");
        KnownKeys.Require(file, Key, map.Keys, ["name", "filter"]);
        var names = steps.Select(step => (step as IReadOnlyDictionary<string, object?>)?.GetValueOrDefault("function") switch
        {
            FunctionName function => throw Functions.NamedFunctions.Refusal(file, Key, function.Name),
            string name => name,
            _ => throw file.Fault(Key, "each filter is a map with `function`."),
        }).ToList();
        var first = names.IndexOf("take_first");
        if (first >= 0 && first != names.Count - 1)
            throw file.Fault(Key,
                "`take_first` stands before other filters, which would then see the letters of a text; let it be the last.");
        return new FilterPipeline(map.GetValueOrDefault("name") is { } named ? PythonText.Str(named) : "none",
            [.. steps.Zip(names).Where(step => step.Second != "take_first")
                .Select(step => Step(file, step.Second, (IReadOnlyDictionary<string, object?>)step.First!))], first >= 0);
    }

    private static Func<IReadOnlyList<string>, Row, IReadOnlyList<string>> Step(TaskFile file, string name,
        IReadOnlyDictionary<string, object?> map)
    {
        KnownKeys.Require(file, Key, map.Keys, name switch
        {
            "take_first_k" => ["function", "k"],
            "regex" => ["function", "regex_pattern", "group_select", "fallback"],
            "multi_choice_regex" => ["function", "regex_pattern", "group_select", "fallback", "ignore_case", "ignore_punctuation",
                "regexes_to_ignore"],
            "map" => ["function", "mapping_dict", "default_value"],
            _ => ["function"],
        });
        switch (name)
        {
            case "take_first_k":
                var count = map.GetValueOrDefault("k") is long k and > 0 ? (int)k : throw file.Fault(Key, "`take_first_k` needs `k`.");
                return (answers, _) => answers.Count >= count ? [.. answers.Take(count)]
                    : throw file.Fault(Key, $"`take_first_k` wants {count} answers of a row, which has {answers.Count}; let `repeats` be "
                        + $"as many.");
            case "regex":
                var regex = new RegexFilter(map, file.Place(Key));
                return (answers, _) => [.. answers.Select(regex.Apply)];
            case "multi_choice_regex":
                var choices = new ChoiceFilter(map, file.Place(Key));
                return choices.Apply;
            case "remove_whitespace":
                return (answers, _) => [.. answers.Select(answer => answer.TrimStart())];
            case "lowercase":
                return (answers, _) => [.. answers.Select(answer => answer.ToLowerInvariant())];
            case "uppercase":
                return (answers, _) => [.. answers.Select(answer => answer.ToUpperInvariant())];
            case "map":
                var table = map.GetValueOrDefault("mapping_dict") as IReadOnlyDictionary<string, object?>
                    ?? throw file.Fault(Key, "`map` needs `mapping_dict`.");
                var other = map.GetValueOrDefault("default_value");
                return (answers, _) => [.. answers.Select(answer => PythonText.Str(table.GetValueOrDefault(answer, other)))];
            case "majority_vote":
                return (answers, _) => [answers.GroupBy(answer => answer).MaxBy(group => group.Count())!.Key];
            default:
                throw file.Fault(Key, $"the filter '{name}' is not read here{KnownKeys.Meant(name, Known)}; there are "
                    + $"{string.Join(", ", Known)}.");
        }
    }
}
