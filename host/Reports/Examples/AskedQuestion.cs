using System.Text.Json;
using LlmKick.Runs.Records;
using LlmKick.Sdk.Models;
using LlmKick.Storage;

namespace LlmKick.Reports.Examples;

/// <summary>A question with what is needed to read its answers.</summary>
/// <param name="Question">What is shown of it.</param>
/// <param name="Requests">Its requests.</param>
internal sealed record AskedQuestion(Question Question, IReadOnlyList<JsonElement> Requests)
{
    // A question with its choices fits; the examples before it, which are the same each time, are cut off.
    private const int LongestPrompt = 1200;
    private const int LongestAnswer = 400;

    /// <summary>Reads a line of a requests file.</summary>
    public static AskedQuestion Of(JsonElement line)
    {
        List<JsonElement> requests = [.. line.GetProperty("requests").EnumerateArray()];
        var target = line.TryGetProperty("target", out var given) ? given.GetString()! : "";
        return new AskedQuestion(new Question(requests.Count == 0 ? "" : End(Prompt(requests[0]), LongestPrompt), target), requests);
    }

    /// <summary>The answers in a line of samples, as text.</summary>
    public string Answer(byte[] line)
    {
        try
        {
            var texts = JsonSerializer.Deserialize<StoredSample>(line, RunJson.Line)!.Responses
                .Select((response, i) => Text(response, Requests.ElementAtOrDefault(i)).Trim());
            return Start(string.Join(" · ", texts.Where(text => text.Length > 0)), LongestAnswer);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            return "(an answer of a kind that no plugin here can read)";
        }
    }

    private static string Prompt(JsonElement request) =>
        request.TryGetProperty("prompt", out var prompt)
            || request.TryGetProperty("context", out prompt) ? prompt.GetProperty("text").GetString()! : "";

    private static string Text(Response response, JsonElement request) => response switch
    {
        GenerateResponse generated => generated.Text,
        ChooseResponse chosen when request.ValueKind == JsonValueKind.Object && request.TryGetProperty("continuations", out var options) =>
            options[chosen.LogProbabilities.Index().MaxBy(value => value.Item).Index].GetProperty("text").GetString()!,
        _ => "",
    };

    private static string Start(string text, int length) => text.Length <= length ? text : text[..length] + " …";

    private static string End(string text, int length) => text.Length <= length ? text : "… " + text[^length..];
}
