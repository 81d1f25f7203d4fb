using System.CommandLine;
using System.Text.Json;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Templates;

namespace LlmKick.Commands;

/// <summary>A conversation of standard input, written by the model's own chat template.</summary>
/// <param name="Prompt">The text and what the model reads: with one beginning-of-text, where template or tokenizer want it.</param>
/// <param name="Spans">What the template marks as the assistant's, in code points.</param>
internal sealed record ChatInput(Prompt Prompt, IReadOnlyList<TextSpan> Spans)
{
    /// <summary>Says that standard input is a conversation.</summary>
    public static Option<bool> Chat { get; } = new("--chat") { Description = "stdin is a JSON object with messages, as 'render' reads it; the text is what the model's chat template makes of it" };

    /// <summary>Writes a conversation.</summary>
    /// <param name="json">The object.</param>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="number">The line of standard input that it is; null where it is all of it.</param>
    /// <exception cref="LlmKickException">It is no such object, or the template refuses it.</exception>
    public static ChatInput Of(string json, ITokenizer tokenizer, int? number = null)
    {
        using var request = Parse(json, number);
        var hasTools = request.RootElement.ValueKind == JsonValueKind.Object && request.RootElement.TryGetProperty("tools", out var tools) && tools.ValueKind != JsonValueKind.Null;
        var template = Template.Parse(tokenizer.ChatTemplates.Choose(null, hasTools));
        var rendered = ChatRendering.RenderJson(template, request.RootElement, tokenizer.SpecialTokens);
        return new ChatInput(Prompt.Opening(rendered.Text, tokenizer), rendered.Spans);
    }

    private static JsonDocument Parse(string json, int? number)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException failure)
        {
            throw new LlmKickException($"{(number is null ? "stdin" : $"Line {number} of stdin")} is no JSON object with a conversation, such as {{\"messages\": [{{\"role\": \"user\", \"content\": \"Hello\"}}]}}: {failure.Message}", failure);
        }
    }
}
