using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LlmKick.Harness.Asking;
using LlmKick.Harness.Definitions;
using LlmKick.Harness.Metrics;
using LlmKick.Harness.Python;
using LlmKick.Harness.Rows;
using LlmKick.Harness.Yaml;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Harness.Results;

/// <summary>Writes what lm-evaluation-harness tells of a run: a line a row and filter, and the results of tasks and groups.</summary>
/// <param name="options">The recipe's options.</param>
/// <param name="tree">The groups and tasks.</param>
internal sealed class ResultFiles(HarnessOptions options, TaskTree tree)
{
    private static readonly JsonSerializerOptions Line = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions Document = new(Line) { WriteIndented = true, IndentSize = 1 };

    /// <summary>The files.</summary>
    public IReadOnlyList<TaskOutput> Make(IReadOnlyList<AnsweredSample> samples)
    {
        var tasks = samples.GroupBy(sample => ((HarnessSample)sample.Sample).Task).ToDictionary(group => group.Key,
            group => group.Select(Row).ToList());
        var lines = tree.Leaves.Where(leaf => tasks.ContainsKey(leaf.Name)).SelectMany(leaf => leaf.Filters.Index()
            .OrderBy(filter => filter.Item.Name, StringComparer.Ordinal)
            .SelectMany(filter => tasks[leaf.Name].Select(row => Sample(row, filter.Index).ToJsonString(Line))));
        var results = new TaskResults(options, tree, tasks.ToDictionary(task => task.Key,
            task => (IReadOnlyList<ScoredRow>)task.Value)).Make().ToJsonString(Document);
        return [new TaskOutput("samples.jsonl", lines), new TaskOutput("results.json", results.Split('\n'))];
    }

    private static ScoredRow Row(AnsweredSample sample)
    {
        var answer = new RowAnswer((HarnessSample)sample.Sample, sample.Exchanges);
        return new ScoredRow(answer, [.. RowScorer.Score(answer).Select(one => (one.Filtered, one.Items))],
            sample.Scores.Parts.TryGetValue(HarnessScores.Gap, out var gaps) ? gaps[0] : null);
    }

    private static JsonObject Sample(ScoredRow row, int filter)
    {
        var (sample, task) = (row.Answer.Sample, row.Answer.Sample.Definition);
        var line = new JsonObject
        {
            ["task"] = task.Name,
            ["doc_id"] = sample.Number,
            ["filter"] = task.Filters[filter].Name,
            ["doc_hash"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sample.Row.Json))),
            ["target"] = JsonValues.Node(sample.Gold),
        };
        switch (task.Kind)
        {
            case OutputKind.LoglikelihoodRolling:
                line["text_characters"] = PythonText.Length(PythonText.Str(sample.Gold));
                line["windows"] = JsonValues.Node(sample.Windows.Select(window => new[] { window.Context.Count, window.Scored.Count }));
                line["log_likelihood"] = JsonValues.Node(row.Answer.Whole);
                break;
            case OutputKind.GenerateUntil:
                Written(line, row, filter);
                break;
            default:
                Scored(line, row);
                break;
        }
        line["metrics"] = new JsonObject(row.Filters[filter].Items.Where(item => task.Metrics.Any(metric => metric.Name == item.Key))
            .Select(item => KeyValuePair.Create(item.Key, JsonValues.Node(item.Value.Shown))));
        return line;
    }

    private static void Scored(JsonObject line, ScoredRow row)
    {
        var pairs = row.Answer.Sample.Pairs;
        if (pairs.All(pair => pair.Context == pairs[0].Context))
            line["context"] = pairs[0].Context;
        else
            line["contexts"] = JsonValues.Node(pairs.Select(pair => pair.Context));
        line["continuations"] = JsonValues.Node(pairs.Select(pair => pair.Continuation));
        line["context_tokens"] = JsonValues.Node(pairs.Select(pair => pair.ContextTokens.Count));
        line["continuation_tokens"] = JsonValues.Node(pairs.Select(pair => pair.ContinuationTokens.Count));
        line["log_likelihood"] = JsonValues.Node(row.Answer.LogLikelihoods);
        line["is_greedy"] = JsonValues.Node(row.Answer.IsGreedy);
    }

    private static void Written(JsonObject line, ScoredRow row, int filter)
    {
        var sample = row.Answer.Sample;
        line["context"] = sample.Context;
        line["generation_kwargs"] = JsonValues.Node(sample.Definition.Generation);
        line["context_tokens"] = sample.ContextTokens;
        line["given_tokens"] = sample.Requests[0].Opening.Tokens.Count;
        line["new_ids"] = JsonValues.Node(row.Answer.Written?.Tokens ?? []);
        line["smallest_gap"] = row.Gap is { } gap ? Math.Round((double)gap, 4) : null;
        line["generated"] = JsonValues.Node(row.Answer.Texts);
        line["filtered"] = new JsonArray(JsonValues.Node(row.Filters[filter].Filtered));
    }
}
