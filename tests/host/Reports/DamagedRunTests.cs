using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LlmKick.Tests.Commands;
using LlmKick.Tests.Runs;

namespace LlmKick.Tests.Reports;

/// <summary>Runs whose files were damaged or changed by hand: a sentence with file, place and remedy, and no number.</summary>
public sealed class DamagedRunTests(DamagedRunTests.Finished finished) : IClassFixture<DamagedRunTests.Finished>
{
    private const string Samples = "samples/magnitude-0.5/mmlu.jsonl";
    private const string Advice = "Run the recipe again: 'llmkick run' writes the file anew, and computes nothing that is there.";

    [Theory]
    [InlineData("value", "'$.variants[1].tasks.mmlu.metrics['accuracy.strict']' lacks 'value'.")]
    [InlineData("n", "'$.variants[1].tasks.mmlu.metrics['accuracy.strict']' lacks 'n'.")]
    [InlineData("low", "'$.variants[1].tasks.mmlu.metrics['accuracy.strict']' lacks 'low'.")]
    public void Report_MetricWithoutAKey_IsRefused(string key, string sentence) =>
        AssertRefused("results.json", text => Changed(text, metric => metric.Remove(key)), "results.json' cannot be read.", sentence);

    [Fact]
    public void Report_MetricOfAnotherKind_IsToldWithItsWholePlace() => AssertRefused("results.json",
        text => Changed(text, metric => metric["value"] = "one"), "results.json' cannot be read.",
        "'$.variants[1].tasks.mmlu.metrics['accuracy.strict'].value' lacks something or has a value of another kind.");

    [Fact]
    public void Report_TaskThatIsEmpty_IsToldWithItsWholePlace() => AssertRefused("results.json", text =>
    {
        var results = JsonNode.Parse(text)!;
        results["variants"]![1]!["tasks"]!["mmlu"] = null;
        return results.ToJsonString();
    }, "'$.variants[1].tasks.mmlu' lacks something");

    [Theory]
    [InlineData("value", 5)]
    [InlineData("low", 0.99)]
    [InlineData("high", -0.5)]
    public void Report_ValueOutsideItsInterval_IsRefused(string key, double number) => AssertRefused("results.json",
        text => Changed(text, metric => metric[key] = number), "results.json' is damaged, or was changed by hand.",
        "'accuracy.strict' of 'mmlu' of 'magnitude-0.5' is ", string.Create(CultureInfo.InvariantCulture, $"{number}"));

    [Theory]
    [InlineData("pruned_matrices")]
    [InlineData("all_parameters")]
    public void Report_SparsityBeyondOne_IsRefused(string key) => AssertRefused("results.json", text =>
    {
        var results = JsonNode.Parse(text)!;
        results["variants"]![1]!["sparsity"]![key] = 1.5;
        return results.ToJsonString();
    }, "results.json' is damaged", "the sparsity of 'magnitude-0.5' is 1.5, and a share is from 0 to 1");

    [Theory]
    [InlineData(5)]
    [InlineData(-0.5)]
    public void Report_ShareBeyondOne_IsRefused(double value) => AssertRefused("results.json", text => Changed(text, metric =>
    {
        (metric["value"], metric["low"], metric["high"]) = (value, null, null);
    }), "results.json' is damaged",
        string.Create(CultureInfo.InvariantCulture, $"'accuracy.strict' of 'mmlu' of 'magnitude-0.5' is {value},"),
        "its samples can give no less than 0 and no more than 1.");

    [Fact]
    public void Run_RecordWithAValueOutsideItsInterval_IsMeasuredAnew()
    {
        using var desk = finished.Desk.Copy();
        var right = File.ReadAllText(desk.File("out", "results.json"));
        var records = Directory.GetFiles(desk.File("out"), "*.json", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("\"accuracy.strict\",\"value\":", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(records);
        foreach (var record in records)
            File.WriteAllText(record, Regex.Replace(File.ReadAllText(record), "(?<=\"accuracy.strict\",\"value\":)[^,]+", "5"));
        desk.Done();
        Assert.Equal(Values(right), Values(File.ReadAllText(desk.File("out", "results.json"))));
    }

    [Fact]
    public void Report_TaskWithoutMetrics_IsRefused() => AssertRefused("results.json", text =>
    {
        var results = JsonNode.Parse(text)!;
        results["variants"]![1]!["tasks"]!["mmlu"]!.AsObject().Remove("metrics");
        return results.ToJsonString();
    }, "results.json' is damaged, or was changed by hand.", "'mmlu' of 'magnitude-0.5' has no metrics");

    [Theory]
    [InlineData(Samples)]
    [InlineData("layers/magnitude-0.5.jsonl")]
    [InlineData("requests/mmlu.jsonl")]
    public void Report_LineThatIsCut_IsNamed(string file) => AssertRefused(file,
        text => text.Split('\n')[0] + "\n" + text.Split('\n')[1][..20] + "\n", $"{Path.GetFileName(file)}', line 2, is damaged");

    [Fact]
    public void Report_SamplesTwice_AreNotCountedTwice() => AssertRefused(Samples, text => text + text, "mmlu.jsonl' has samples twice.");

    [Fact]
    public void Report_SamplesThatAreGone_AreMissed() =>
        AssertRefused(Samples, _ => "", "mmlu.jsonl' has 0 samples, 0 of them different, and results.json tells of 6.");

    [Theory]
    [InlineData("null")]
    [InlineData("{\"scores\":{\"accuracy\":1}}")]
    public void Report_LineOfSomethingElse_IsNamed(string line) => AssertRefused(Samples,
        text => text[..(text.IndexOf('\n', StringComparison.Ordinal) + 1)] + line + "\n", "mmlu.jsonl', line 2, is damaged");

    [Fact]
    public void Report_ScoreThatIsNoNumber_IsNamed() => AssertRefused(Samples, text =>
    {
        var lines = text.Split('\n');
        var sample = JsonNode.Parse(lines[1])!;
        foreach (var name in sample["scores"]!.AsObject().Select(score => score.Key).ToList())
            sample["scores"]![name] = "one";
        lines[1] = sample.ToJsonString();
        return string.Join('\n', lines);
    }, "mmlu.jsonl', line 2, is damaged");

    [Theory]
    [InlineData("--fail-under abc: give a number from 0 to 1, such as 0.7.", "compare", "a", "b", "--fail-under", "abc")]
    [InlineData("--fail-under 99: give a number from 0 to 1, such as 0.7.", "compare", "a", "b", "--fail-under", "99")]
    [InlineData("--temperature abc: give a number from 0 to 10, such as 0.7.", "generate", "m", "--prompt", "a", "--temperature", "abc")]
    [InlineData("--shard abc: give a whole number of 1 or more.", "export", "a", "b", "--format", "gguf", "--shard", "abc")]
    public void Line_ValueThatIsNoNumber_IsTold(string sentence, params string[] arguments)
    {
        var result = Tool.Run(arguments);
        Assert.Equal((2, sentence), (result.ExitCode, result.ErrorLines[0]));
        Assert.DoesNotContain("System.", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("samples/dense/mmlu.jsonl")]
    [InlineData("samples/magnitude-0.5/mmlu.jsonl")]
    [InlineData("layers/magnitude-0.5.jsonl")]
    public void Run_LinesThatAreCutOrGone_AreWrittenAnew(string file)
    {
        using var desk = finished.Desk.Copy();
        var path = desk.File("out", file);
        var right = File.ReadAllText(path);
        // Cut in a line, and behind one.
        foreach (var damaged in (string[])[right[..(right.LastIndexOf('\n', right.Length / 2) + 9)],
            right[..(right.LastIndexOf('\n', right.Length / 2) + 1)], "{\n", ""])
        {
            File.WriteAllText(path, damaged);
            desk.Done();
            Assert.Equal(Timeless(right), Timeless(File.ReadAllText(path)));
        }
    }

    private static string Timeless(string lines) => Regex.Replace(lines, "\"seconds\":[^,}]+", "");

    private static string Changed(string text, Action<JsonObject> change)
    {
        var results = JsonNode.Parse(text)!;
        change(results["variants"]![1]!["tasks"]!["mmlu"]!["metrics"]!.AsObject().First().Value!.AsObject());
        return results.ToJsonString();
    }

    private static string[] Values(string results) => [.. JsonNode.Parse(results)!["variants"]!.AsArray()
        .Select(variant => variant!["tasks"]!["mmlu"]!["metrics"]!.ToJsonString())];

    private void AssertRefused(string file, Func<string, string> change, params string[] sentences)
    {
        using var desk = finished.Desk.Copy();
        File.WriteAllText(desk.File("out", file), change(File.ReadAllText(desk.File("out", file))));
        var result = Tool.Run(desk.Environment, ["report", desk.File("out")]);
        Assert.Equal(1, result.ExitCode);
        Assert.All([.. sentences, Advice], sentence => Assert.Contains(sentence, result.Error, StringComparison.Ordinal));
        Assert.DoesNotContain("fault of llmkick", result.Error, StringComparison.Ordinal);
    }

    /// <summary>A desk with a finished run.</summary>
    public sealed class Finished : IDisposable
    {
        public Finished() => Desk.Done();

        internal RunDesk Desk { get; } = new(RunDesk.Recipe
            .Replace("  - wanda: { sparsity: 0.5 }\n", "", StringComparison.Ordinal)
            .Replace("  - sparsegpt: { pattern: \"2:4\" }\n", "", StringComparison.Ordinal));

        public void Dispose() => Desk.Dispose();
    }
}
