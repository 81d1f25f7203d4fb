using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LlmKick.Runs;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Reports;

/// <summary>Writes samples in the shape of lm-evaluation-harness, whose logs hold numbers as text.</summary>
/// <param name="tokenizer">Turns what was asked in tokens into text.</param>
internal sealed class LmEvalSamples(ITokenizer tokenizer)
{
    private readonly StringBuilder hashes = new();

    /// <summary>Writes the samples of a task on a variant.</summary>
    /// <returns>What the results tell of the task.</returns>
    public LmEvalTask Write(string path, TaskSamples samples, IReadOnlyList<SampleRecord> records)
    {
        RunFile.WriteLines(path, records.Select((record, i) => Line(i, samples.Samples[i], samples.Requests[i], record)));
        return new LmEvalTask(OutputType(samples.Requests[0]), [.. records.SelectMany(record => record.Scores.Values.Keys).Distinct()], Hash(hashes.ToString()));
    }

    private static string OutputType(IReadOnlyList<Request> requests) => requests.FirstOrDefault() switch
    {
        ChooseRequest => "multiple_choice",
        RollingRequest => "loglikelihood_rolling",
        _ => "generate_until",
    };

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
        hashes.Append(line["doc_hash"]).Append(line["prompt_hash"]).Append(line["target_hash"]);
        foreach (var (name, value) in record.Scores.Values)
            line[name] = Json.Of(value);
        return line;
    }

    private IEnumerable<JsonObject> Arguments(Request request) => request switch
    {
        ChooseRequest choose => choose.Continuations.Select(continuation => new JsonObject { ["arg_0"] = choose.Context.Text, ["arg_1"] = continuation.Text }),
        GenerateRequest generate => [new JsonObject
        {
            ["arg_0"] = generate.Prompt.Text,
            ["arg_1"] = new JsonObject { ["until"] = Json.List(generate.Stop, stop => stop), ["max_gen_toks"] = generate.MaxNewTokens },
        }],
        RollingRequest rolling => [new JsonObject { ["arg_0"] = tokenizer.Decode(rolling.Tokens) }],
        _ => [],
    };

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
