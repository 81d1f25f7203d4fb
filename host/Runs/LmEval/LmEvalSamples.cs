using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LlmKick.Runs.Records;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;
using LlmKick.Storage;

namespace LlmKick.Runs.LmEval;

/// <summary>Writes samples in the shape of lm-evaluation-harness, whose logs hold numbers as text.</summary>
/// <param name="tokenizer">Turns what was asked in tokens into text.</param>
internal sealed class LmEvalSamples(ITokenizer tokenizer)
{
    private static readonly string[] Hashes = ["doc_hash", "prompt_hash", "target_hash"];

    /// <summary>The lines of some samples of a task on a variant.</summary>
    /// <param name="samples">All samples.</param>
    /// <param name="records">What is told of, each with its place among all samples.</param>
    public IEnumerable<JsonObject> Lines(TaskSamples samples, IEnumerable<(int Index, SampleRecord Record)> records) =>
        records.Select(one => Line(one.Index, samples.Samples[one.Index], samples.Requests[one.Index], one.Record));

    /// <summary>Writes the lines of all samples.</summary>
    /// <returns>The hash of what was asked.</returns>
    public static string Write(string path, IEnumerable<JsonObject> lines)
    {
        var hashes = new StringBuilder();
        RunFile.WriteLines(path, lines.Select(line =>
        {
            foreach (var hash in Hashes)
                hashes.Append((string)line[hash]!);
            return line;
        }));
        return Hash(hashes.ToString());
    }

    /// <summary>How a task asks: <c>multiple_choice</c>, <c>loglikelihood_rolling</c> or <c>generate_until</c>.</summary>
    public static string OutputType(TaskSamples samples) => samples.Requests[0].FirstOrDefault()?.OutputType ?? "generate_until";

    private JsonObject Line(int index, Sample sample, IReadOnlyList<Request> requests, SampleRecord record)
    {
        var doc = JsonSerializer.SerializeToNode(sample, sample.GetType(), RunJson.Line)!.AsObject();
        var arguments = requests.SelectMany(Arguments).ToList();
        var answers = requests.Zip(record.Responses, LmEvalAnswers.Of).SelectMany(answer => answer).ToList();
        var line = new JsonObject
        {
            ["doc_id"] = index,
            ["doc"] = doc,
            ["target"] = sample.Target,
            ["arguments"] = Json.Map(arguments.Index(), argument => $"gen_args_{argument.Index}", argument => argument.Item),
            ["resps"] = Json.List(answers, answer => new JsonArray(answer.DeepClone())),
            ["filtered_resps"] = Json.List(answers, answer => answer),
            ["filter"] = "none",
            ["metrics"] = Json.List(record.Scores.Values.Keys, name => name),
            ["doc_hash"] = Hash(doc.ToJsonString(RunJson.Line)),
            ["prompt_hash"] = Hash(arguments.Count > 0 ? arguments[0]["arg_0"]!.ToString() : ""),
            ["target_hash"] = Hash(sample.Target),
        };
        foreach (var (name, value) in record.Scores.Values)
            line[name] = Json.Of(value);
        return line;
    }

    private IEnumerable<JsonObject> Arguments(Request request) => request.Arguments(tokenizer)
        .Select(call => Json.Map(call.Index(), argument => $"arg_{argument.Index}", argument => argument.Item));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
