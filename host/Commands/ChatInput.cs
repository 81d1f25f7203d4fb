using System.CommandLine;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Templates;

namespace LlmKick.Commands;

/// <summary>A conversation of standard input, written by the model's own chat template.</summary>
/// <param name="Prompt">The text and what the model reads: with one beginning-of-text, where template or tokenizer want it.</param>
/// <param name="Spans">What the template marks as the assistant's, in code points; null where it has no generation blocks.</param>
internal sealed record ChatInput(Prompt Prompt, IReadOnlyList<TextSpan>? Spans)
{
    /// <summary>Says that standard input is a conversation.</summary>
    public static Option<bool> Chat { get; } = new("--chat") { Description =
        "stdin is a JSON object with messages, as 'render' reads it; the text is what the model's chat template makes of it" };

    /// <summary>Writes a conversation.</summary>
    /// <param name="json">The object.</param>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="number">The line of standard input that it is; null where it is all of it.</param>
    /// <exception cref="LlmKickException">It is no such object, or the template refuses it.</exception>
    public static ChatInput Of(string json, ITokenizer tokenizer, int? number = null)
    {
        var request = ConversationRenderer.Read(json, number is null ? "stdin" : $"Line {number} of stdin");
        var (rendered, hasSpans) = new ConversationRenderer(tokenizer.ChatTemplates, tokenizer.SpecialTokens, null, null)
            .Render(request, CancellationToken.None);
        return new ChatInput(Prompt.Opening(rendered.Text, tokenizer), hasSpans ? rendered.Spans : null);
    }
}
