using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace LlmKick.Tests.Reports;

/// <summary>The shape that lm-evaluation-harness writes and its viewers read (lm_eval/loggers/evaluation_tracker.py, utils.make_table,
/// scripts/zeno_visualize.py).</summary>
public sealed partial class LmEvalTests(FinishedRun run) : IClassFixture<FinishedRun>
{
    private const string Variant = "wanda-0.5";

    private JsonObject Document => JsonNode.Parse(File.ReadAllText(Single("results_*.json")))!.AsObject();

    [Fact]
    public void Files_OfEveryVariant_AreNamedAsItsViewersExpect()
    {
        Assert.Equal(["dense", "magnitude-0.5", "sparsegpt-2of4", "wanda-0.5"],
            Directory.GetDirectories(run.Desk.File("out", "lm-eval")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var names = Directory.GetFiles(run.Desk.File("out", "lm-eval", Variant)).Select(Path.GetFileName)
            .Order(StringComparer.Ordinal).ToList();
        Assert.Collection(names,
            name => Assert.Matches(@"^results_\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d+\.json$", name),
            name => Assert.Matches(@"^samples_mmlu_\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d+\.jsonl$", name),
            name => Assert.Matches(@"^samples_perplexity_\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d+\.jsonl$", name));
    }

    [Fact]
    public void Results_HaveASectionOfEveryTask()
    {
        Assert.All(["results", "group_subtasks", "configs", "versions", "n-shot", "higher_is_better", "n-samples", "task_hashes"],
            section => Assert.Equal(["perplexity", "mmlu"], Document[section]!.AsObject().Select(task => task.Key)));
        Assert.Equal((70, 70),
            ((int)Document["n-samples"]!["perplexity"]!["original"]!, (int)Document["n-samples"]!["perplexity"]!["effective"]!));
        Assert.Equal((false, true), ((bool)Document["higher_is_better"]!["perplexity"]!["perplexity"]!,
            (bool)Document["higher_is_better"]!["mmlu"]!["accuracy.strict"]!));
        Assert.Equal(0, (int)Document["n-shot"]!["mmlu"]!);
        Assert.Contains("pretrained=", (string)Document["config"]!["model_args"]!, StringComparison.Ordinal);
        Assert.All(["model_source", "model_name", "model_name_sanitized"], field => Assert.NotEmpty((string)Document[field]!));
    }

    [Fact]
    public void Results_MetricsWithTheirFilterAndError_AreThoseOfTheRun()
    {
        foreach (var task in new[] { "perplexity", "mmlu" })
        {
            var section = Document["results"]![task]!.AsObject();
            Assert.Equal(task, (string)section["alias"]!);
            foreach (var (name, metric) in run.Variant(Variant)["tasks"]![task]!["metrics"]!.AsObject())
            {
                Assert.Equal((double)metric!["value"]!, (double)section[name + ",none"]!);
                // A symmetric interval of 95 % reaches 1.96 standard errors either way.
                Assert.Equal(((double)metric["high"]! - (double)metric["low"]!) / 3.92, (double)section[name + "_stderr,none"]!,
                    1e-3 * (double)section[name + "_stderr,none"]!);
            }
        }
    }

    [Theory]
    [InlineData("perplexity", "loglikelihood_rolling", "nll")]
    [InlineData("mmlu", "multiple_choice", "accuracy.strict", "accuracy.paper", "format_failure")]
    public void Configs_NameHowATaskAsksAndWhatEachSampleHas(string task, string outputType, params string[] scores)
    {
        var config = Document["configs"]![task]!;
        Assert.Equal((task, outputType), ((string)config["task"]!, (string)config["output_type"]!));
        Assert.Equal(scores, config["metric_list"]!.AsArray().Select(metric => (string)metric!["metric"]!));
        Assert.All(config["metric_list"]!.AsArray(), metric => Assert.Equal("mean", (string)metric!["aggregation"]!));
        Assert.All(Samples(task), sample => Assert.All(scores, score => Assert.Equal(JsonValueKind.Number, sample[score]!.GetValueKind())));
        Assert.All(Samples(task), sample => Assert.Equal(scores, sample["metrics"]!.AsArray().Select(metric => (string)metric!)));
    }

    [Fact]
    public void Samples_OfChoices_HoldEachContinuationWithItsLogLikelihoodAsText()
    {
        var samples = Samples("mmlu");
        Assert.Equal(Enumerable.Range(0, 6), samples.Select(sample => (int)sample["doc_id"]!));
        Assert.Equal(["B", "C", "A", "B", "C", "A"], samples.Select(sample => (string)sample["target"]!));
        var responses = run.Desk.Lines("out", "samples", Variant, "mmlu.jsonl");
        foreach (var (sample, response) in samples.Zip(responses))
        {
            Assert.Equal(["gen_args_0", "gen_args_1", "gen_args_2", "gen_args_3"],
                sample["arguments"]!.AsObject().Select(argument => argument.Key));
            Assert.Equal(" B", (string)sample["arguments"]!["gen_args_1"]!["arg_1"]!);
            Assert.EndsWith("Answer:", (string)sample["arguments"]!["gen_args_1"]!["arg_0"]!, StringComparison.Ordinal);
            Assert.Equal(4, sample["resps"]!.AsArray().Count);
            Assert.Equal(sample["filtered_resps"]!.ToJsonString(),
                new JsonArray([.. sample["resps"]!.AsArray().Select(answer => answer![0]!.DeepClone())]).ToJsonString());
            var answers = sample["filtered_resps"]!.AsArray().Select(answer => answer!.AsArray()).ToList();
            Assert.Equal(response["responses"]![0]!["log_probabilities"]!.AsArray().Select(value => (double)value!),
                answers.Select(answer => double.Parse((string)answer[0]!, CultureInfo.InvariantCulture)));
            Assert.All(answers, answer => Assert.Contains((string)answer[1]!, (string[])["True", "False"]));
        }
    }

    [Fact]
    public void Samples_OfWindows_HoldTheTextAndOneSum()
    {
        var responses = run.Desk.Lines("out", "samples", Variant, "perplexity.jsonl");
        var text = File.ReadAllText(run.Desk.File("text.txt"));
        foreach (var (sample, response) in Samples("perplexity").Zip(responses))
        {
            Assert.Equal(text.Substring(16 * (int)sample["doc_id"]!, 16), (string)sample["arguments"]!["gen_args_0"]!["arg_0"]!);
            var sum = response["responses"]![0]!["log_probabilities"]!.AsArray().Sum(value => (double)value!);
            Assert.Equal(sum, double.Parse((string)sample["filtered_resps"]![0]!, CultureInfo.InvariantCulture), 1e-9);
            Assert.Equal((string)sample["filtered_resps"]![0]!, (string)sample["resps"]![0]![0]!);
        }
    }

    [Theory]
    [InlineData("perplexity")]
    [InlineData("mmlu")]
    public void Samples_Hashes_AreOfPromptTargetAndTask(string task)
    {
        var samples = Samples(task);
        Assert.All(samples, sample =>
        {
            Assert.Equal(Hash((string)sample["arguments"]!["gen_args_0"]!["arg_0"]!), (string)sample["prompt_hash"]!);
            Assert.Equal(Hash((string)sample["target"]!), (string)sample["target_hash"]!);
            Assert.Matches(Sha256(), (string)sample["doc_hash"]!);
            Assert.Equal("none", (string)sample["filter"]!);
            Assert.IsType<JsonObject>(sample["doc"]);
        });
        Assert.Equal(Hash(string.Concat(samples.Select(sample => $"{sample["doc_hash"]}{sample["prompt_hash"]}{sample["target_hash"]}"))),
            (string)Document["task_hashes"]![task]!);
    }

    private JsonObject[] Samples(string task) => run.Desk.Lines(Single($"samples_{task}_*.jsonl"));

    private string Single(string pattern) => Directory.GetFiles(run.Desk.File("out", "lm-eval", Variant), pattern).Single();

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex Sha256();
}
