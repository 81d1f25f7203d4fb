using System.Text.Json.Nodes;

namespace LlmKick.Tests;

/// <summary>What a server answers.</summary>
internal sealed record ChatReply(int Status, string Body)
{
    public string? RetryAfter { get; init; }

    public TimeSpan Delay { get; init; }

    public static ChatReply Text(string text, string finish = "stop", (int Input, int Output)? usage = null)
    {
        var body = new JsonObject
        {
            ["id"] = "c", ["object"] = "chat.completion", ["created"] = 1, ["model"] = "m",
            ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["finish_reason"] = finish,
                ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = text } }),
        };
        if (usage is var (input, output))
            body["usage"] = new JsonObject { ["prompt_tokens"] = input, ["completion_tokens"] = output, ["total_tokens"] = input + output };
        return new ChatReply(200, body.ToJsonString());
    }

    public static ChatReply Error(int status, string message) =>
        new(status, new JsonObject { ["error"] = new JsonObject { ["message"] = message, ["type"] = "e" } }.ToJsonString());
}
