using System.Text.Json.Nodes;
using LlmKick.Harness.Filters;
using LlmKick.Harness.Functions;
using LlmKick.Harness.Metrics;
using LlmKick.Harness.Python;
using LlmKick.Harness.Rows;
using LlmKick.Harness.Yaml;
using LlmKick.Sdk;

namespace LlmKick.Harness.Definitions;

/// <summary>A task, its file read and checked.</summary>
internal sealed class TaskDefinition
{
    private static readonly string[] Keys = ["task", "task_alias", "tag", "group", "dataset_path", "dataset_name", "dataset_kwargs",
        "training_split", "validation_split", "test_split", "fewshot_split", "process_docs", "doc_to_text", "doc_to_target",
        "doc_to_image", "doc_to_audio", "doc_to_choice", "unsafe_code", "process_results", "use_prompt", "description",
        "target_delimiter", "fewshot_delimiter", "fewshot_config", "num_fewshot", "metric_list", "output_type", "generation_kwargs",
        "repeats", "filter_list", "should_decontaminate", "doc_to_decontamination_query", "gen_prefix", "metadata", "custom_dataset"];

    private static readonly string[] ShotKeys = ["sampler", "split", "process_docs", "fewshot_indices", "samples", "doc_to_text",
        "doc_to_choice", "doc_to_target", "gen_prefix", "fewshot_delimiter", "target_delimiter"];

    private static readonly Dictionary<string, OutputKind> Kinds = new()
    {
        ["multiple_choice"] = OutputKind.MultipleChoice,
        ["loglikelihood"] = OutputKind.Loglikelihood,
        ["loglikelihood_rolling"] = OutputKind.LoglikelihoodRolling,
        ["generate_until"] = OutputKind.GenerateUntil,
    };

    private readonly HarnessOptions options;

    private TaskDefinition(TaskFile file, HarnessOptions options)
    {
        (File, this.options) = (file, options);
        KnownKeys.Require(file, Keys);
        Name = Text("task") ?? throw file.Fault("task", "the file names no task; give `task: NAME`.");
        Refuse();
        Kind = Kinds.TryGetValue(Text("output_type") ?? "generate_until", out var kind) ? kind : throw file.Fault("output_type",
            $"'{Text("output_type")}' is not one of {string.Join(", ", Kinds.Keys)}.");
        Fields = new DocFields(file, Name);
        Description = Text("description") ?? "";
        TargetDelimiter = Text("target_delimiter") ?? " ";
        FewshotDelimiter = Text("fewshot_delimiter") ?? "\n\n";
        Repeats = (int)(Number("repeats") ?? 1);
        Generation = GenerationRules();
        Filters = FilterPipeline.Read(file);
        Metrics = MetricRule.Read(file, Kind);
        Shots = ReadShots();
        if (Kind == OutputKind.MultipleChoice && !Fields.HasChoices)
            throw file.Fault("doc_to_choice", "it is missing; a multiple_choice task needs a column, list or template of choices.");
        if (EvaluatedSplit.Split is null)
            throw new LlmKickException($"{file.Path}: test_split: the task names neither a `test_split` nor a `validation_split`; name the "
                + $"one that is evaluated.");
    }

    /// <summary>The file.</summary>
    public TaskFile File { get; }

    /// <summary>The task's name.</summary>
    public string Name { get; }

    /// <summary>What results call it.</summary>
    public string Alias => Text("task_alias") ?? Name;

    /// <summary>How it asks.</summary>
    public OutputKind Kind { get; }

    /// <summary>What texts are made of.</summary>
    public DocFields Fields { get; }

    /// <summary>What stands in front of all.</summary>
    public string Description { get; }

    /// <summary>What stands before an answer.</summary>
    public string TargetDelimiter { get; }

    /// <summary>What stands behind an example, and behind a system text.</summary>
    public string FewshotDelimiter { get; }

    /// <summary>How often each row is answered.</summary>
    public int Repeats { get; }

    /// <summary>The arguments of generation, as the file has them with the recipe's changes.</summary>
    public OrderedDictionary<string, object?> Generation { get; }

    /// <summary>What answers are passed through.</summary>
    public IReadOnlyList<FilterPipeline> Filters { get; }

    /// <summary>What is measured.</summary>
    public IReadOnlyList<MetricRule> Metrics { get; }

    /// <summary>The worked examples.</summary>
    public ShotRules Shots { get; }

    /// <summary>Whether results are made by TruthfulQA's function: the right answers' share of probability.</summary>
    public bool IsProbabilityMass => File.Values.GetValueOrDefault("process_results") is FunctionName;

    /// <summary>The split that is evaluated, and the key that names it.</summary>
    public (string Key, string? Split) EvaluatedSplit => Text("test_split") is { } test ? ("test_split", test)
        : ("validation_split", Text("validation_split"));

    /// <summary>Reads a task.</summary>
    /// <exception cref="LlmKickException">A key is wrong.</exception>
    public static TaskDefinition Of(TaskFile file, HarnessOptions options) => new(file, options);

    /// <summary>The data.</summary>
    public DataSource Source(string folder) => DataSource.Of(File, folder);

    /// <summary>Looks whether the data have the splits that are named.</summary>
    public void CheckData(string folder)
    {
        var source = Source(folder);
        foreach (var (key, split) in Splits().Where(one => one.Split is not null && !source.Splits.Contains(one.Split)))
            throw File.Fault(key, $"there is no split '{split}'; the data have {string.Join(", ", source.Splits)}.");
    }

    /// <summary>The split that examples are drawn from, and the key that names it.</summary>
    public (string Key, string? Split) ShotSplit()
    {
        if (Shots.Split is { } split)
            return ("fewshot_split", split);
        return Text("training_split") is { } train ? ("training_split", train)
            : Text("validation_split") is { } validation ? ("validation_split", validation) : EvaluatedSplit;
    }

    /// <summary>Whether a row is left out of its own examples.</summary>
    public bool LeavesRowOut => Shots.Split == Text("test_split");

    /// <summary>Looks whether there are rows enough to take examples from.</summary>
    /// <exception cref="LlmKickException">There are too few.</exception>
    public void RequireShots(int rows)
    {
        if (Shots.Count + (LeavesRowOut ? 1 : 0) > rows)
            throw File.Fault(ShotSplit().Key, $"{Shots.Count} examples are wanted{(LeavesRowOut ? " beside the row itself" : "")}, and "
                + $"there are {rows} rows to take them from; ask for fewer by `num_fewshot`.");
    }

    /// <summary>Looks whether a right answer that is the same text for all rows is a choice of any: it may be meant as a column.</summary>
    /// <exception cref="LlmKickException">It is none.</exception>
    public void RequireTargets(IReadOnlyList<Row> rows)
    {
        if (Kind == OutputKind.MultipleChoice && !IsProbabilityMass && Fields.ConstantTarget(rows) is { } text
            && rows.All(row => Fields.Text(row) is not long && Fields.Target(row) is string && !Fields.Choices(row).Contains(text)))
            throw File.Fault("doc_to_target", $"'{text}' is no column of the rows, which have {string.Join(", ", rows[0].Values.Keys)}, "
                + $"and no choice of any; name the column of the right choice, or write a template.");
    }

    /// <summary>The rows as the task's function makes them.</summary>
    public IReadOnlyList<Row> Process(IReadOnlyList<Row> rows) => File.Values.GetValueOrDefault("process_docs") is FunctionName function
        ? [.. rows.Select(row => row with { Values = (OrderedDictionary<string, object?>)NamedFunctions.Value(Name, "process_docs",
            function.Name, row)! })] : rows;

    /// <summary>A key's text; null where it is not given.</summary>
    public string? Text(string key) => File.Values.GetValueOrDefault(key) switch
    {
        null => null,
        string text => text,
        _ => throw File.Fault(key, "give a text."),
    };

    private double? Number(string key) => File.Values.GetValueOrDefault(key) switch
    {
        null => null,
        long whole and >= 0 => whole,
        _ => throw File.Fault(key, "give a whole number from 0."),
    };

    private IEnumerable<(string Key, string? Split)> Splits() =>
        [EvaluatedSplit, .. Shots.Count > 0 && Shots.Samples is null ? [ShotSplit()] : Array.Empty<(string, string?)>()];

    private void Refuse()
    {
        foreach (var key in new[] { "process_docs", "process_results" })
            if (File.Values.GetValueOrDefault(key) is FunctionName function && !NamedFunctions.Knows(Name, key, function.Name))
                throw NamedFunctions.Refusal(File, key, function.Name);
        foreach (var (key, value) in File.Values)
            if (value is FunctionName other && key is not ("process_docs" or "process_results" or "doc_to_text" or "doc_to_target"
                or "doc_to_choice"))
                throw NamedFunctions.Refusal(File, key, other.Name);
        foreach (var key in new[] { "doc_to_image", "doc_to_audio" })
            if (File.Values.GetValueOrDefault(key) is not null)
                throw File.Fault(key, "the task shows images or plays sounds, which the models here do not read; take another task.");
        foreach (var key in new[] { "use_prompt", "custom_dataset" })
            if (File.Values.GetValueOrDefault(key) is not null)
                throw File.Fault(key, "this is not read here; write the prompt by `doc_to_text`, and the data by `data_files`.");
        if (File.Values.GetValueOrDefault("unsafe_code") is true)
            throw File.Fault("unsafe_code", "the task runs what the model writes, which is not done here; take another task.");
    }

    private ShotRules ReadShots()
    {
        var config = File.Values.GetValueOrDefault("fewshot_config") switch
        {
            null => new OrderedDictionary<string, object?>(),
            IReadOnlyDictionary<string, object?> map => map,
            _ => throw File.Fault("fewshot_config", "give a map, such as { sampler: first_n }."),
        };
        KnownKeys.Require(File, "fewshot_config", config.Keys, ShotKeys);
        foreach (var (key, value) in config)
            if (value is FunctionName function && !(key.StartsWith("doc_to", StringComparison.Ordinal)
                && NamedFunctions.Knows(Name, key, function.Name)))
                throw NamedFunctions.Refusal(File, "fewshot_config", function.Name);
        var sampler = config.GetValueOrDefault("sampler") ?? "default";
        if (sampler is not ("default" or "first_n"))
            throw File.Fault("fewshot_config", $"the sampler '{PythonText.Str(sampler)}' is not one of default, first_n.");
        var count = options.NumFewshot ?? (int)(Number("num_fewshot") ?? 0);
        return new ShotRules(count, options.FewshotSeed, sampler is "first_n",
            Text("fewshot_split") ?? config.GetValueOrDefault("split") as string, Indices(config.GetValueOrDefault("fewshot_indices")),
            Samples(config.GetValueOrDefault("samples")), new DocFields(File, Name, "fewshot_config"),
            config.GetValueOrDefault("target_delimiter") as string ?? TargetDelimiter,
            config.GetValueOrDefault("fewshot_delimiter") as string ?? FewshotDelimiter);
    }

    private List<int>? Indices(object? given) => given switch
    {
        null => null,
        IReadOnlyList<object?> list when list.All(one => one is long and >= 0) => [.. list.Select(one => (int)(long)one!)],
        _ => throw File.Fault("fewshot_config", "`fewshot_indices` is a list of row numbers."),
    };

    private List<OrderedDictionary<string, object?>>? Samples(object? given) => given switch
    {
        null => null,
        IReadOnlyList<object?> list when list.All(one => one is OrderedDictionary<string, object?>) =>
            [.. list.Cast<OrderedDictionary<string, object?>>()],
        _ => throw File.Fault("fewshot_config", "`samples` is a list of rows, each a map of columns."),
    };

    private OrderedDictionary<string, object?> GenerationRules()
    {
        var rules = File.Values.GetValueOrDefault("generation_kwargs") switch
        {
            null => new OrderedDictionary<string, object?>
            {
                ["until"] = new List<object?> { FewshotDelimiter },
                ["do_sample"] = false,
                ["temperature"] = 0L,
            },
            OrderedDictionary<string, object?> map => new OrderedDictionary<string, object?>(map),
            _ => throw File.Fault("generation_kwargs", "give a map, such as { until: [\"\\n\"] }."),
        };
        foreach (var (key, value) in options.GenKwargs ?? [])
            rules[key] = JsonValues.Of(value);
        return rules;
    }
}
