using System.Text.Json;
using LlmKick.Sdk;
using LlmKick.Sdk.Chat;
using LlmKick.Sdk.Files;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Templates;

namespace LlmKick.Data;

/// <summary>Conversations as a model reads them.</summary>
internal static class ConversationFile
{
    private const string Needed = "`messages`, a list of { role, content }, or ShareGPT's `conversations`, a list of { from, value }";

    /// <summary>ShareGPT's names of roles; others stand for themselves.</summary>
    private static readonly Dictionary<string, string> Roles = new(StringComparer.Ordinal)
    {
        ["human"] = "user",
        ["gpt"] = "assistant",
    };

    /// <summary>Writes each by the model's own chat template and encodes it.</summary>
    /// <param name="path">JSONL.</param>
    /// <param name="tokenizer">The model's.</param>
    /// <param name="length">Tokens that are kept of each.</param>
    /// <exception cref="LlmKickException">The model has no template, it refuses a conversation, or a line is none.</exception>
    public static List<int[]> Read(string path, ITokenizer tokenizer, int length)
    {
        if (tokenizer.ChatTemplate is null)
            throw new LlmKickException("calibration: the model has no chat template that `messages` could be written by; calibrate with a "
                + "`text`, or put the template into the model's folder as chat_template.jinja.");
        var writer = ChatWriter.Create(tokenizer, new ChatOptions());
        return [.. JsonLines.Parse<JsonElement>(path, TextFile.Read(path), Needed)
            .Select(line => Encode($"{path}:{line.Line}", line.Value, writer, tokenizer))
            .Select(tokens => tokens.Length > length ? tokens[..length] : tokens)];
    }

    private static int[] Encode(string place, JsonElement line, ChatWriter writer, ITokenizer tokenizer)
    {
        var messages = Messages(line, "messages", "role", "content") ?? Messages(line, "conversations", "from", "value");
        if (messages is not { Count: > 0 })
            throw new LlmKickException($"{place}: not an object with {Needed}.");
        try
        {
            return [.. Prompt.Opening(writer.Write(messages, opensAnswer: false), tokenizer).Tokens];
        }
        catch (TemplateException exception)
        {
            throw new LlmKickException($"{place}: the model's chat template refuses this conversation: {exception.Message}", exception);
        }
    }

    /// <summary>Null where the line has no such list, or something else in it.</summary>
    private static List<ChatMessage>? Messages(JsonElement line, string list, string role, string content)
    {
        if (!line.TryGetProperty(list, out var items) || items.ValueKind != JsonValueKind.Array)
            return null;
        var messages = new List<ChatMessage>();
        foreach (var item in items.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object || Text(item, role) is not { } who || Text(item, content) is not { } said)
                return null;
            messages.Add(new ChatMessage(Roles.GetValueOrDefault(who, who), said));
        }
        return messages;
    }

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
