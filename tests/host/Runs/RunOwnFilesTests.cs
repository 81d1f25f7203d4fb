using LlmKick.Tests.Commands;

namespace LlmKick.Tests.Runs;

/// <summary>Files that a task gives to a run are there whole, and the same after an interruption.</summary>
public sealed class RunOwnFilesTests : IDisposable
{
    private const string Recipe = """
        name: tiny
        model: { transformers: { path: model } }
        variants:
          - dense
          - magnitude: { sparsity: 0.5 }
        tasks:
          - name: exam
            use: { harness: { folder: tasks, tasks: [exam], data: tasks } }
        """;

    private readonly RunDesk desk = new(Recipe);

    public RunOwnFilesTests()
    {
        desk.Write("tasks/exam.yaml", "task: exam\ndataset_path: json\ndataset_kwargs: { data_files: { test: rows.jsonl } }\n"
            + "output_type: multiple_choice\ntest_split: test\ndoc_to_text: q\ndoc_to_choice: c\ndoc_to_target: r\n");
        desk.Write("tasks/rows.jsonl", string.Concat(Enumerable.Range(0, 150)
            .Select(i => $"{{\"q\": \"question {i}\", \"c\": [\"one\", \"two\"], \"r\": {i % 2}}}\n")));
    }

    public void Dispose() => desk.Dispose();

    [Fact]
    public void Run_KilledInABatch_WritesTheSameFiles()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "exit codes of killed processes differ");
        desk.Done("whole");
        Assert.True(desk.IsKilled("batch:2"), "The run never came to its second batch.");
        desk.Done();
        foreach (var variant in new[] { "dense", "magnitude-0.5" })
            foreach (var name in new[] { "samples.jsonl", "results.json" })
            {
                var whole = File.ReadAllText(desk.File("whole", "harness", variant, "exam", name));
                Assert.NotEmpty(whole);
                Assert.Equal(whole, File.ReadAllText(desk.File("out", "harness", variant, "exam", name)));
            }
        Assert.Equal(150, File.ReadLines(desk.File("out", "harness", "dense", "exam", "samples.jsonl")).Count());
    }

    [Fact]
    public void Report_PartsOfARun_WriteTheSameFiles()
    {
        desk.Done("whole");
        string[] parts = [.. Enumerable.Range(1, 3).Select(index => desk.File($"part{index}"))];
        for (var index = 1; index <= parts.Length; index++)
            desk.Done($"part{index}", "--shard", $"{index}/{parts.Length}");
        var merged = Tool.Run(desk.Environment, ["report", .. parts, "--output", desk.File("merged")]);
        Assert.True(merged.ExitCode == 0, merged.Error);
        foreach (var variant in new[] { "dense", "magnitude-0.5" })
            foreach (var name in new[] { "samples.jsonl", "results.json" })
                Assert.Equal(File.ReadAllText(desk.File("whole", "harness", variant, "exam", name)),
                    File.ReadAllText(desk.File("merged", "harness", variant, "exam", name)));

        File.AppendAllText(desk.File("tasks", "rows.jsonl"), "{\"q\": \"new\", \"c\": [\"one\", \"two\"], \"r\": 1}\n");
        var changed = Tool.Run(desk.Environment, ["report", .. parts, "--output", desk.File("changed")]);
        Assert.Equal(0, changed.ExitCode);
        Assert.Contains("/exam: the files that the task itself makes are not written (its data have changed): put the parts together",
            changed.Error, StringComparison.Ordinal);
    }
}
