using System.Text.Json.Nodes;
using LlmKick.Harness.Definitions;
using LlmKick.Harness.Metrics;
using LlmKick.Harness.Python;
using LlmKick.Harness.Rows;
using LlmKick.Harness.Yaml;

namespace LlmKick.Harness.Results;

/// <summary>Makes the results of tasks and groups, in the shape of lm-evaluation-harness.</summary>
/// <param name="options">The recipe's options.</param>
/// <param name="tree">The groups and tasks.</param>
/// <param name="rows">The rows of each task.</param>
internal sealed class TaskResults(HarnessOptions options, TaskTree tree, IReadOnlyDictionary<string, IReadOnlyList<ScoredRow>> rows)
{
    private const string NoError = "N/A";
    private readonly OrderedDictionary<string, JsonObject> results = [];

    /// <summary>The document.</summary>
    public JsonObject Make()
    {
        foreach (var leaf in Leaves)
            results[leaf.Name] = Leaf(leaf);
        // A group's groups come before it.
        var groups = new JsonObject();
        foreach (var group in tree.Groups.Reverse())
            results[group.Name] = Group(group);
        foreach (var group in tree.Groups.Reverse().Where(group => group.Means.Count > 0))
            groups[group.Name] = results[group.Name].DeepClone();
        var document = new JsonObject { ["run"] = Run(), ["results"] = Map(results, one => one) };
        if (groups.Count > 0)
            document["groups"] = groups;
        document["group_subtasks"] = new JsonObject(tree.Groups.Select(group =>
            KeyValuePair.Create(group.Name, JsonValues.Node(group.Members))));
        document["configs"] = new JsonObject(Leaves.Select(leaf => KeyValuePair.Create(leaf.Name, JsonValues.Node(Config(leaf)))));
        document["versions"] = Each(leaf => JsonValues.Node(Version(leaf)), group => group.Version);
        document["n-shot"] = Each(leaf => leaf.Shots.Count, group => Own(group).FirstOrDefault()?.Shots.Count);
        document["higher_is_better"] = Each(leaf => Directions([leaf]), group => Directions(Own(group)));
        document["n-samples"] = new JsonObject(Leaves.Select(leaf => KeyValuePair.Create(leaf.Name, (JsonNode?)new JsonObject
        {
            ["original"] = rows[leaf.Name][0].Answer.Sample.SplitRows,
            ["effective"] = rows[leaf.Name].Count,
        })));
        return document;
    }

    private IEnumerable<TaskDefinition> Leaves => tree.Leaves.Where(leaf => rows.ContainsKey(leaf.Name));

    private JsonObject Leaf(TaskDefinition leaf)
    {
        var own = rows[leaf.Name];
        var result = new JsonObject { ["alias"] = leaf.Alias, ["sample_len"] = own.Count };
        foreach (var metric in leaf.Metrics)
            foreach (var (place, filter) in leaf.Filters.Index())
            {
                var items = own.Select(row => row.Filters[place].Items).Where(one => one.ContainsKey(metric.Name))
                    .Select(one => one[metric.Name].Numbers).ToList();
                if (items.Count == 0)
                    continue;
                result[$"{metric.Name},{filter.Name}"] = JsonValues.Node(Aggregations.Of(metric.Aggregation, items));
                result[$"{metric.Name}_stderr,{filter.Name}"] =
                    JsonValues.Node(Aggregations.Error(metric.Aggregation, items, options.BootstrapIters)) ?? NoError;
            }
        return result;
    }

    private JsonObject Group(TaskGroup group)
    {
        var leaves = tree.LeavesOf(group).Where(leaf => rows.ContainsKey(leaf.Name)).ToList();
        var (result, counts) = (new JsonObject { ["alias"] = group.Alias, ["sample_len"] = leaves.Sum(leaf => rows[leaf.Name].Count) },
            new JsonObject());
        foreach (var mean in group.Means)
        {
            var key = $"{mean.Metric},{mean.Filter}";
            var having = leaves.Where(leaf => results[leaf.Name].ContainsKey(key)).ToList();
            if (having.Count == 0)
                continue;
            var sizes = having.ConvertAll(leaf => (double)rows[leaf.Name].Count);
            var values = having.ConvertAll(leaf => (double)results[leaf.Name][key]!);
            var errors = having.ConvertAll(leaf => results[leaf.Name][$"{mean.Metric}_stderr,{mean.Filter}"]!.AsValue()
                .TryGetValue<double>(out var error) ? error : double.NaN);
            result[key] = mean.BySize ? values.Zip(sizes, (value, size) => value * size).Sum() / sizes.Sum() : values.Average();
            result[$"{mean.Metric}_stderr,{mean.Filter}"] = errors.Exists(double.IsNaN) ? NoError : Error(mean, errors, sizes);
            counts[key] = (int)sizes.Sum();
        }
        if (group.Means.Count > 0)
            result["sample_count"] = counts;
        return result;
    }

    private static double Error(GroupMean mean, List<double> errors, List<double> sizes)
    {
        if (!mean.BySize)
            return Math.Sqrt(errors.Sum(error => error * error)) / errors.Count;
        var pooled = sizes.Zip(errors, (size, error) => (size - 1) * size * error * error).Sum() / (sizes.Sum() - sizes.Count);
        return Math.Sqrt(pooled / sizes.Sum());
    }

    /// <summary>The tasks that a group names itself.</summary>
    private List<TaskDefinition> Own(TaskGroup group) => [.. Leaves.Where(leaf => group.Members.Contains(leaf.Name))];

    private static JsonObject Directions(IEnumerable<TaskDefinition> leaves) => new(leaves.SelectMany(leaf => leaf.Metrics)
        .DistinctBy(metric => metric.Name).Select(metric => KeyValuePair.Create(metric.Name, (JsonNode?)metric.HigherIsBetter)));

    private JsonObject Each(Func<TaskDefinition, JsonNode?> leaf, Func<TaskGroup, JsonNode?> group) => new(
        Leaves.Select(one => KeyValuePair.Create(one.Name, leaf(one)))
            .Concat(tree.Groups.Select(one => KeyValuePair.Create(one.Name, group(one))))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal));

    private static JsonObject Map(IEnumerable<KeyValuePair<string, JsonObject>> all, Func<JsonObject, JsonNode?> of) =>
        new(all.Select(pair => KeyValuePair.Create(pair.Key, of(pair.Value))));

    private static object? Version(TaskDefinition leaf) =>
        (leaf.File.Values.GetValueOrDefault("metadata") as IReadOnlyDictionary<string, object?>)?.GetValueOrDefault("version") ?? "Yaml";

    private JsonObject Run()
    {
        var model = new JsonObject();
        if (options.Bos is { } bos)
            model["add_bos_token"] = bos;
        if (options.MaxLength is { } longest)
            model["max_length"] = longest;
        var run = new JsonObject
        {
            ["model"] = model,
            ["fewshot_as_multiturn"] = options.Chat == "multiturn",
            ["tasks"] = JsonValues.Node(options.Tasks),
        };
        if (options.Chat is not null)
            run["apply_chat_template"] = true;
        if (options.SystemInstruction is { } system)
            run["system_instruction"] = system;
        if (options.NumFewshot is { } shots)
            run["num_fewshot"] = shots;
        if (options.Limit is { } limit)
            run["limit"] = limit % 1 == 0 ? JsonValue.Create((long)limit) : JsonValue.Create(limit);
        if (options.FewshotSeed != 1234)
            run["fewshot_random_seed"] = options.FewshotSeed;
        if (options.GenKwargs is { } kwargs)
            run["gen_kwargs"] = kwargs.DeepClone();
        run["as"] = options.As ?? "right";
        return run;
    }

    private static OrderedDictionary<string, object?> Config(TaskDefinition leaf)
    {
        var values = leaf.File.Values;
        var config = new OrderedDictionary<string, object?>();
        foreach (var key in new[] { "task", "task_alias", "dataset_path", "dataset_name", "dataset_kwargs", "training_split",
            "validation_split", "test_split", "fewshot_split", "process_docs", "doc_to_text", "doc_to_target" })
            Copy(key);
        config["unsafe_code"] = false;
        Copy("doc_to_choice");
        Copy("process_results");
        config["description"] = leaf.Description;
        config["target_delimiter"] = leaf.TargetDelimiter;
        config["fewshot_delimiter"] = leaf.FewshotDelimiter;
        config["fewshot_config"] = Shots(leaf);
        config["num_fewshot"] = (long)leaf.Shots.Count;
        Copy("metric_list");
        config["output_type"] = values.GetValueOrDefault("output_type") ?? "generate_until";
        if (leaf.Kind == OutputKind.GenerateUntil)
            config["generation_kwargs"] = leaf.Generation;
        config["repeats"] = (long)leaf.Repeats;
        if (values.GetValueOrDefault("filter_list") is IReadOnlyList<object?> filters)
            config["filter_list"] = filters.Select(filter => (object?)new OrderedDictionary<string, object?>
            {
                ["filter"] = ((IReadOnlyDictionary<string, object?>)filter!)["filter"],
            }).ToList();
        config["should_decontaminate"] = values.GetValueOrDefault("should_decontaminate") ?? false;
        Copy("doc_to_decontamination_query");
        Copy("gen_prefix");
        config["metadata"] = values.GetValueOrDefault("metadata") ?? new OrderedDictionary<string, object?>();
        return config;

        void Copy(string key)
        {
            if (values.GetValueOrDefault(key) is { } value)
                config[key] = value is Yaml.FunctionName function ? $"!function {function.Name}" : value;
        }
    }

    private static OrderedDictionary<string, object?> Shots(TaskDefinition leaf)
    {
        var (values, own) = (leaf.File.Values,
            leaf.File.Values.GetValueOrDefault("fewshot_config") as IReadOnlyDictionary<string, object?>);
        var shots = new OrderedDictionary<string, object?>
        {
            ["sampler"] = leaf.Shots.TakesFirst ? "first_n" : "default",
            ["split"] = leaf.Shots.Split,
            ["process_docs"] = null,
            ["fewshot_indices"] = own?.GetValueOrDefault("fewshot_indices"),
            ["samples"] = own?.GetValueOrDefault("samples"),
        };
        foreach (var key in new[] { "doc_to_text", "doc_to_choice", "doc_to_target", "gen_prefix" })
            shots[key] = (own?.GetValueOrDefault(key) ?? values.GetValueOrDefault(key)) is var value && value is Yaml.FunctionName function
                ? $"!function {function.Name}" : value;
        shots["fewshot_delimiter"] = leaf.Shots.Delimiter;
        shots["target_delimiter"] = leaf.Shots.TargetDelimiter;
        return shots;
    }
}
