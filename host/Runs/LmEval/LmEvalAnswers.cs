using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LlmKick.Sdk.Models;
using LlmKick.Storage;

namespace LlmKick.Runs.LmEval;

/// <summary>Answers in the shape of lm-evaluation-harness: a log-likelihood and whether it was greedy, a text, or a sum of
/// log-likelihoods.</summary>
internal static class LmEvalAnswers
{
    /// <summary>One answer for each continuation, or the one answer of the others.</summary>
    public static IEnumerable<JsonNode> Of(Request request, Response response) => (request, response) switch
    {
        (ChooseRequest choose, ChooseResponse chosen) => choose.Continuations.Zip(chosen.LogProbabilities).Select((pair, i) =>
            (JsonNode)new JsonArray(double.IsFinite(pair.Second) ? Text(pair.Second) : "nan",
                IsGreedy(pair.First, i, chosen) ? "True" : "False")),
        (_, RollingResponse rolling) => [Text(Sum(rolling.LogProbabilities))],
        (_, DivergenceResponse divergence) => [Text(Sum(divergence.Kl))],
        (_, GenerateResponse generated) => [generated.Text],
        _ => [JsonSerializer.Serialize(response, RunJson.Line)],
    };

    private static bool IsGreedy(Prompt continuation, int place, ChooseResponse response) => response.Greedy is { } greedy ? greedy[place]
        : continuation.Tokens.Count == 1 && continuation.Tokens[0] == response.BestToken;

    // Numbers are told as files hold them: a float by its own digits.
    private static double Sum(IEnumerable<float> numbers) => numbers.Sum(Widened);

    private static double Widened(float number) =>
        double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
