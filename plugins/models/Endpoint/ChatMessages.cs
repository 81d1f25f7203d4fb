using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using OpenAI.Chat;
using SdkMessage = LlmKick.Sdk.Models.ChatMessage;

namespace LlmKick.Endpoint;

/// <summary>Makes a server's messages of a prompt.</summary>
internal static class ChatMessages
{
    /// <summary>The prompt's conversation, or its text as one question.</summary>
    public static IEnumerable<OpenAI.Chat.ChatMessage> Of(Prompt prompt) => (prompt.Messages ?? [new SdkMessage("user", prompt.Text)]).Select(Of);

    private static OpenAI.Chat.ChatMessage Of(SdkMessage message) => message.Role switch
    {
        "system" => new SystemChatMessage(message.Content),
        "user" => new UserChatMessage(message.Content),
        "assistant" => new AssistantChatMessage(message.Content),
        var other => throw new LlmKickException($"endpoint: a message has the role '{other}'; there are system, user and assistant."),
    };
}
