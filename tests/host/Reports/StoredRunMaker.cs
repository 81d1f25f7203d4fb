using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using LlmKick.Runs.Records;
using LlmKick.Runs.Results;
using LlmKick.Sdk.Statistics;
using LlmKick.Storage;

namespace LlmKick.Tests.Reports;

/// <summary>Writes a run as <c>run</c> would leave it, with made-up answers: right or wrong questions in clusters, and
/// perplexity.</summary>
internal sealed class StoredRunMaker(string folder)
{
    /// <summary>Name in the results.</summary>
    public string Name { get; init; } = "made";

    /// <summary>Questions of each task.</summary>
    public int Samples { get; init; } = 60;

    /// <summary>Questions that form a cluster; 0 for none.</summary>
    public int ClusterSize { get; init; }

    /// <summary>Tasks with questions.</summary>
    public IReadOnlyList<string> Tasks { get; init; } = ["facts", "reading"];

    /// <summary>Compressed variants: method, sparsity, and in a hundred the right answers that become wrong.</summary>
    public IReadOnlyList<(string Method, double Sparsity, int Lost)> Variants { get; init; } =
        [("wanda", 0.3, 2), ("wanda", 0.5, 10), ("wanda", 0.7, 60), ("magnitude", 0.5, 30)];

    /// <summary>Shots, as an option of the tasks that changes what they ask.</summary>
    public int Shots { get; init; }

    /// <summary>Sequences of calibration.</summary>
    public int CalibrationSamples { get; init; } = 16;

    private readonly RunFolder run = new(folder);

    /// <summary>Writes everything.</summary>
    public RunResults Write()
    {
        var variants = new JsonArray([Variant("dense", null, 0, 0),
            .. Variants.Select(one => Variant($"{one.Method}-{one.Sparsity}", one.Method, one.Sparsity, one.Lost))]);
        foreach (var task in Tasks)
            Lines(run.Requests(task), Samples, i => $$"""{"id":"{{i}}","target":"answer {{i}}","requests":[{"kind":"generate","prompt":{"text":"Question {{i}} of {{task}}, <b>&amp;</script>?","tokens":[1]},"max_new_tokens":4}]}""");
        RunFile.WriteJson(run.Results, Document(variants), RunJson.Document);
        return RunResults.Read(folder);
    }

    private JsonObject Document(JsonArray variants) => new()
    {
        ["format"] = "llmkick/results@1",
        ["name"] = Name,
        ["recipe"] = new JsonObject { ["calibration"] = new JsonObject { ["text"] = folder, ["samples"] = CalibrationSamples },
            ["tasks"] = new JsonArray([.. Tasks.Append("perplexity").Select(task => new JsonObject { ["name"] = task,
            ["use"] = new JsonObject { ["qa"] = new JsonObject { ["path"] = folder, ["shots"] = Shots } } })]) },
        ["model"] = new JsonObject { ["name"] = "maker", ["content_hash"] = "0123" },
        ["data"] = new JsonObject { ["tasks"] = new JsonObject(Tasks.Append("perplexity")
            .Select(task => KeyValuePair.Create(task, (JsonNode?)new JsonObject { ["path"] = new JsonArray("beef") }))) },
        ["compute"] = new JsonObject { ["device"] = "cpu" },
        ["versions"] = new JsonObject { ["llmkick"] = "1.0" },
        ["machine"] = new JsonObject { ["os"] = "any" },
        ["tasks"] = new JsonObject(Tasks.Select(task => KeyValuePair.Create(task, (JsonNode?)Metrics("exact_match", true, 0.1)))
            .Append(KeyValuePair.Create("perplexity", (JsonNode?)Metrics("perplexity", false, null)))),
        ["variants"] = variants,
    };

    private static JsonObject Metrics(string name, bool higher, double? chance)
    {
        var metric = new JsonObject { ["higher_is_better"] = higher, ["chance"] = chance, ["help"] = name };
        if (!higher)
            metric["exponential_of"] = "nll";
        return new JsonObject { ["metrics"] = new JsonObject { [name] = metric } };
    }

    private JsonObject Variant(string name, string? method, double sparsity, int lost)
    {
        var tasks = new JsonObject(Tasks.Select((task, i) => KeyValuePair.Create(task, (JsonNode?)Questions(name, task, lost,
            7919 * (i + 1)))).Append(KeyValuePair.Create("perplexity", (JsonNode?)Windows(name, sparsity))));
        if (method is not null)
            Lines(run.Layers(name), 8, i => $$"""{"compressor":"{{method}}","block":{{i / 2}},"linear":"{{(i % 2 == 0 ? "q" : "o")}}","sparsity":{{sparsity}},"relative_frobenius":0.5,"relative_output_error":0.{{i + 1}}}""");
        return new JsonObject
        {
            ["name"] = name,
            ["compressors"] = method is null ? []
                : new JsonArray(new JsonObject { ["name"] = method, ["options"] = new JsonObject { ["sparsity"] = sparsity } }),
            ["seed"] = 0,
            ["sparsity"] = new JsonObject { ["pruned_matrices"] = sparsity, ["all_parameters"] = sparsity / 2 },
            ["size"] = new JsonObject { ["bits_per_weight"] = 16 - 15 * sparsity, ["bytes"] = (long)(2_000_000 - 1_500_000 * sparsity),
                ["dense_bytes"] = 2_000_000, ["non_zeros"] = (long)(1_000_000 - 900_000 * sparsity), ["speed"] = "none here" },
            ["reading"] = method is "wanda" ? null : new JsonObject { ["tokens"] = 128, ["seconds"] = method is null ? 0.5 : 0.25 },
            ["seconds"] = 1.5,
            ["tasks"] = tasks,
        };
    }

    private JsonObject Questions(string variant, string task, int lost, int salt)
    {
        var right = 0;
        Lines(run.Samples(variant, task), Samples, i =>
        {
            var draw = new SplitMix64((ulong)(i * 31 + salt));
            var knows = draw.Next(100) < 80;
            var isRight = knows ? draw.Next(100) >= lost : draw.Next(100) < lost / 10;
            right += isRight ? 1 : 0;
            var answer = isRight ? $"answer {i}" : $"mistake {(lost > 20 ? lost : 0)}";
            var cluster = ClusterSize > 0 ? $",\"cluster\":\"passage {i / ClusterSize}\"" : "";
            return $$$"""{"id":"{{{i}}}","responses":[{"kind":"generate","tokens":[1,2,3,4,5,6,7,8],"text":" {{{answer}}}","finish":"stop"}],"scores":{"contains":1,"exact_match":{{{(isRight ? 1 : 0)}}}}{{{cluster}}}}""";
        });
        return Result("exact_match", (double)right / Samples, Wilson.Interval(right, Samples), Samples);
    }

    private JsonObject Windows(string variant, double sparsity)
    {
        var count = Math.Min(Samples, 40);
        Lines(run.Samples(variant, "perplexity"), count, i => string.Create(CultureInfo.InvariantCulture,
            $"{{\"id\":\"{i}\",\"responses\":[{{\"kind\":\"rolling\",\"log_probabilities\":[-1,-2]}}],\"scores\":{{\"nll\":"
            + $"{2 + 0.01 * i + Rise(sparsity)}}},\"weight\":{1 + i % 3}}}"));
        var mean = Enumerable.Range(0, count).Sum(i => (1 + i % 3) * (2 + 0.01 * i + Rise(sparsity))) / Enumerable.Range(0, count)
            .Sum(i => 1 + i % 3);
        return Result("perplexity", Math.Exp(mean), new Interval(Math.Exp(mean - 0.1), Math.Exp(mean + 0.1)), count);
    }

    // Perplexity stays until a half is gone.
    private static double Rise(double sparsity) => sparsity <= 0.5 ? 0.02 * sparsity : 1;

    private static JsonObject Result(string metric, double value, Interval interval, int count) => new()
    {
        ["samples"] = count,
        ["seconds"] = 1,
        ["metrics"] = new JsonObject { [metric] =
            new JsonObject { ["value"] = value, ["n"] = count, ["low"] = interval.Low, ["high"] = interval.High } },
    };

    private static void Lines(string path, int count, Func<int, string> line)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var writer = new StreamWriter(path, false, new UTF8Encoding(false)) { NewLine = "\n" };
        for (var i = 0; i < count; i++)
            writer.WriteLine(line(i));
    }
}
