using System.Text.Json.Nodes;
using LlmKick.Tests.Commands;
using LlmKick.Tests.Plugins;

namespace LlmKick.Tests.Runs;

/// <summary>A folder with a tiny model, its data and a recipe, in which the tool is run.</summary>
internal sealed class RunDesk : IDisposable
{
    /// <summary>Two batches of windows, and six questions.</summary>
    public const string Recipe = """
        name: tiny
        model: { transformers: { path: model } }
        calibration: { text: calibration.txt, samples: 4, length: 32 }
        variants:
          - dense
          - magnitude: { sparsity: 0.5 }
          - wanda: { sparsity: 0.5 }
          - sparsegpt: { pattern: "2:4" }
        tasks:
          - perplexity: { text: text.txt, window: 16, limit: 70 }
          - mmlu: { path: mmlu, shots: 0, subjects: [anatomy, virology] }
        """;

    private readonly TemporaryFolder folder = new();

    public RunDesk(string recipe = Recipe)
    {
        TinyModel.Write(File("model"));
        Write("recipe.yaml", recipe);
        Write("text.txt", Words(1, 2000));
        Write("calibration.txt", Words(2, 600));
        foreach (var subject in new[] { "anatomy", "virology" })
        {
            Write($"mmlu/dev/{subject}_dev.csv", "d1,a,b,c,d,A\n");
            Write($"mmlu/test/{subject}_test.csv", "q1,1,2,3,4,B\nq2,1,2,3,4,C\nq3,1,2,3,4,A\n");
        }
    }

    private RunDesk(RunDesk other)
    {
        foreach (var file in Directory.EnumerateFiles(other.folder.Path, "*", SearchOption.AllDirectories))
        {
            var copy = File(Path.GetRelativePath(other.folder.Path, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            System.IO.File.Copy(file, copy);
        }
    }

    /// <summary>The environment of every run: facts about files are kept inside the desk, and one thread computes, since several wait for
    /// each other on a busy machine.</summary>
    public Dictionary<string, string> Environment => new() { ["XDG_CACHE_HOME"] = File("cache"), ["OMP_NUM_THREADS"] = "1" };

    /// <summary>The desk with all that lies on it.</summary>
    public RunDesk Copy() => new(this);

    public string File(params string[] parts) => folder.File(parts);

    public void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File(name))!);
        System.IO.File.WriteAllText(File(name), text);
    }

    /// <summary>Runs the recipe into a folder of the desk.</summary>
    public ToolResult Run(string output = "out", params string[] more) => Tool.Run(Environment, Arguments(output, more));

    /// <summary>Runs the recipe, which must succeed.</summary>
    public ToolResult Done(string output = "out", params string[] more)
    {
        var result = Run(output, more);
        Assert.True(result.ExitCode == 0, result.Error);
        return result;
    }

    /// <summary>Runs the recipe in a shell after other commands.</summary>
    public ToolResult RunAfter(string commands) =>
        Tool.Shell($"{string.Concat(Environment.Select(pair => $"export {pair.Key}='{pair.Value}'; "))}{commands}; exec \"$TOOL\" "
            + $"{string.Join(' ', Arguments().Select(argument => $"'{argument}'"))}");

    /// <summary>Runs the recipe until a failpoint kills it; whether it did.</summary>
    public bool IsKilled(string failpoint, string output = "out") =>
        Tool.Run(new Dictionary<string, string>(Environment) { ["LLMKICK_FAILPOINT"] = failpoint }, Arguments(output)).ExitCode == 128 + 9;

    /// <summary>What is left to do.</summary>
    public JsonObject Plan(string output = "out", params string[] more) =>
        Tool.Run(Environment, ["plan", File("recipe.yaml"), "--output", File(output), "--json", .. more]).Json;

    /// <summary>The command line of a run.</summary>
    public string[] Arguments(string output = "out", params string[] more) =>
        ["run", File("recipe.yaml"), "--output", File(output), .. more];

    public JsonObject Results(string output = "out") => Json(output, "results.json");

    public JsonObject Json(params string[] parts) => JsonNode.Parse(System.IO.File.ReadAllText(File(parts)))!.AsObject();

    public JsonObject[] Lines(params string[] parts) =>
        [.. System.IO.File.ReadLines(File(parts)).Select(line => JsonNode.Parse(line)!.AsObject())];

    public void Dispose() => folder.Dispose();

    /// <summary>Pseudo-random words.</summary>
    public static string Words(int seed, int count)
    {
        var random = new Random(seed);
        return string.Join(' ', Enumerable.Range(0, count)
            .Select(_ => new string([.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => (char)random.Next('a', 'z' + 1))])));
    }
}
