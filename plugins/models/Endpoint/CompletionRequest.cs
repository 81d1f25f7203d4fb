using System.Text.Json.Nodes;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;

namespace LlmKick.Endpoint;

/// <summary>Writes a question as servers read it.</summary>
internal static class CompletionRequest
{
    private static readonly string[] Roles = ["system", "user", "assistant"];

    /// <summary>The prompt's conversation, or its text as one question, with how it is to be answered.</summary>
    /// <exception cref="LlmKickException">A message has a role that servers do not know.</exception>
    public static JsonObject Of(GenerateRequest request, EndpointOptions options)
    {
        var messages = request.Prompt.Messages ?? [new ChatMessage("user", request.Prompt.Text)];
        var body = new JsonObject
        {
            ["model"] = options.Model,
            ["messages"] = new JsonArray([.. messages.Select(Message)]),
            ["temperature"] = request.Sampling?.Temperature ?? options.Temperature,
            ["max_completion_tokens"] = request.MaxNewTokens,
        };
        if (request.Sampling is { } sampling)
            Draw(body, sampling);
        if (request.Stop.Count > 0)
            body["stop"] = new JsonArray([.. request.Stop.Select(stop => (JsonNode)stop)]);
        return body;
    }

    private static void Draw(JsonObject body, Sampling sampling)
    {
        body["top_p"] = sampling.TopP;
        body["seed"] = sampling.Seed;
        if (sampling.TopK is { } count)
            body["top_k"] = count;
    }

    private static JsonObject Message(ChatMessage message) => Roles.Contains(message.Role)
        ? new JsonObject { ["role"] = message.Role, ["content"] = message.Content }
        : throw new LlmKickException($"endpoint: a message has the role '{message.Role}'; there are system, user and assistant.");
}
