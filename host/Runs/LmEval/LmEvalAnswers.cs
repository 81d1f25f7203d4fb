using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LlmKick.Sdk.Models;

namespace LlmKick.Runs.LmEval;

/// <summary>Answers in the shape of lm-evaluation-harness: a log-likelihood and whether it was greedy, a text, or a sum of
/// log-likelihoods.</summary>
internal static class LmEvalAnswers
{
    /// <summary>One answer for each continuation, or the one answer of the others.</summary>
    public static IEnumerable<JsonNode> Of(Request request, JsonElement response) => request switch
    {
        ChooseRequest choose => choose.Continuations.Zip(response.GetProperty("log_probabilities").EnumerateArray(),
            (continuation, value) => (JsonNode)new JsonArray(value.ValueKind == JsonValueKind.Null ? "nan" : value.ToString(),
                IsGreedy(continuation, response) ? "True" : "False")),
        RollingRequest => [JsonValue.Create(Sum(response, "log_probabilities").ToString("R", CultureInfo.InvariantCulture))],
        DivergenceRequest => [JsonValue.Create(Sum(response, "kl").ToString("R", CultureInfo.InvariantCulture))],
        GenerateRequest => [JsonValue.Create(response.GetProperty("text").GetString()!)],
        _ => [JsonValue.Create(response.ToString())],
    };

    private static bool IsGreedy(Prompt continuation, JsonElement response) =>
        continuation.Tokens.Count == 1 && continuation.Tokens[0] == response.GetProperty("best_token").GetInt32();

    private static double Sum(JsonElement response, string numbers) => response.GetProperty(numbers).EnumerateArray()
        .Sum(value => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN);
}
