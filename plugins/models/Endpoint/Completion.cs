using System.Text.Json;
using LlmKick.Sdk.Models;

namespace LlmKick.Endpoint;

/// <summary>What a server's reply holds: an answer, or why it is none. Only what is needed is asked of it: servers differ in the
/// rest.</summary>
/// <param name="Text">The answer; empty where the server refused to give one.</param>
/// <param name="Finish">Why it ended.</param>
/// <param name="Usage">Tokens read and written, where the server tells them.</param>
/// <param name="Fault">Why there is no answer; null where there is one.</param>
/// <param name="IsPassing">Whether another try may help, and costs nothing twice.</param>
internal sealed record Completion(string Text, FinishReason Finish, TokenUsage? Usage, ServerFault? Fault = null, bool IsPassing = false)
{
    private const string Elsewhere = "Check that `url` is the address of an OpenAI-compatible server, with its version, such as /v1.";
    private const int TimedOut = 408;
    private const int TooMany = 429;

    /// <summary>Reads a reply.</summary>
    public static Completion Read(BinaryData reply)
    {
        try
        {
            using var document = JsonDocument.Parse(reply);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return None(reply.ToMemory().IsEmpty ? "its reply is empty" : $"its reply is no JSON: {reply}", isPassing: true, Elsewhere);
        }
    }

    /// <summary>Why a server says that it refuses, in its own words; empty where it does not say.</summary>
    public static string Reason(BinaryData reply)
    {
        try
        {
            using var document = JsonDocument.Parse(reply);
            var root = document.RootElement;
            return Of(root, "error") is { ValueKind: not JsonValueKind.Null } error ? Told(error)
                : TextOf(root, "message") ?? TextOf(root, "detail") ?? root.GetRawText();
        }
        catch (JsonException)
        {
            return reply.ToString().Trim();
        }
    }

    private static Completion Read(JsonElement root)
    {
        var usage = UsageOf(root);
        if (Of(root, "error") is { ValueKind: not JsonValueKind.Null } error)
            return None(Told(error), usage is null && !IsLasting(error));
        if (Of(root, "choices") is not { ValueKind: JsonValueKind.Array } choices || choices.GetArrayLength() == 0
            || Of(choices[0], "message") is not { } message)
            return None($"its reply has no answer in `choices`: {root.GetRawText()}", usage is null, Elsewhere);
        return new(Content(message), Of(choices[0], "finish_reason") is { ValueKind: JsonValueKind.String } finish
            && finish.ValueEquals("length") ? FinishReason.Length : FinishReason.EndOfText, usage);
    }

    private static Completion None(string reason, bool isPassing, string? advice = null) =>
        new("", FinishReason.EndOfText, null, new ServerFault(reason, advice), isPassing);

    private static string Content(JsonElement message) => Of(message, "content") switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.Array } parts => string.Concat(parts.EnumerateArray().Select(part => TextOf(part, "text"))),
        _ => "",
    };

    private static TokenUsage? UsageOf(JsonElement root) =>
        Of(root, "usage") is { } usage && Count(usage, "prompt_tokens") is { } read
            && Count(usage, "completion_tokens") is { } written ? new TokenUsage(read, written) : null;

    private static int? Count(JsonElement usage, string name) => Of(usage, name) is { ValueKind: JsonValueKind.Number } count
        && count.TryGetInt32(out var value) ? value : null;

    private static string Told(JsonElement error) => error.ValueKind == JsonValueKind.String ? error.GetString()!
        : TextOf(error, "message") ?? error.GetRawText();

    /// <summary>Some servers send the status of an error inside a reply that claims success.</summary>
    private static bool IsLasting(JsonElement error) => Count(error, "code") is >= 400 and < 500 and not (TimedOut or TooMany);

    private static string? TextOf(JsonElement all, string name) => Of(all, name) is { ValueKind: JsonValueKind.String } text
        ? text.GetString() : null;

    private static JsonElement? Of(JsonElement all, string name) => all.ValueKind == JsonValueKind.Object
        && all.TryGetProperty(name, out var value) ? value : null;
}
