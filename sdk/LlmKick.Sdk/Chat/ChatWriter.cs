using System.Text.Json;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Templates;

namespace LlmKick.Sdk.Chat;

/// <summary>Writes conversations for a model, by its own template or another. Can be used from several threads.</summary>
public sealed class ChatWriter
{
    private readonly ITokenizer tokenizer;
    private readonly Template template;
    private readonly Dictionary<string, object?> variables;
    private readonly ChatManners manners;

    private ChatWriter(ITokenizer tokenizer, Template template, Dictionary<string, object?> variables)
    {
        (this.tokenizer, this.template, this.variables) = (tokenizer, template, variables);
        manners = ChatManners.Of(Render);
        Stop = StopAfter(manners.BetweenTurns(Render)) is { Length: > 0 } stop ? [stop] : [];
    }

    /// <summary>Makes a writer.</summary>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="options">Which template, and what else it reads.</param>
    /// <exception cref="LlmKickException">There is no such template, or it cannot write a conversation.</exception>
    public static ChatWriter Create(ITokenizer tokenizer, ChatOptions options)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(options);
        var source = ChatSource.Of(tokenizer, options.Template);
        try
        {
            return new ChatWriter(tokenizer, Template.Parse(source.Text, TemplateOptions.Chat with { Now = options.Clock }),
                Variables(tokenizer, options));
        }
        catch (LlmKickException failure)
        {
            throw new LlmKickException($"{Capital(source.Name)} cannot write this conversation: {failure.Message} Say by `chat:` how it is "
                + $"written, such as `chat: plain` or `chat: {{ template: FILE }}`.", failure);
        }
    }

    /// <summary>What ends an answer, where the model goes on with the other's part: the special token behind an answer, or the words that
    /// open the next question.</summary>
    public IReadOnlyList<string> Stop { get; }

    /// <summary>Whether a system message is written in front of the first question, because the template refuses or drops it.</summary>
    public bool PutsSystemIntoQuestion => manners.PutsSystemIntoQuestion;

    /// <summary>Writes a conversation.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="opensAnswer">Whether the model's next answer is opened.</param>
    /// <exception cref="TemplateException">The template refuses the conversation.</exception>
    public string Write(IReadOnlyList<ChatMessage> messages, bool opensAnswer = true) => Render(manners.Apply(messages), opensAnswer);

    /// <summary>Writes a conversation up to where the model's next answer begins, as the model reads it: with one beginning-of-text where
    /// model or template want it.</summary>
    /// <param name="messages">The messages.</param>
    /// <exception cref="TemplateException">The template refuses the conversation.</exception>
    public Prompt Ask(params IReadOnlyList<ChatMessage> messages) =>
        Prompt.Opening(Write(messages), tokenizer) with { Messages = messages };

    private string Render(IReadOnlyList<object> messages, bool opensAnswer) => template.Render(new Dictionary<string, object?>(variables)
    {
        ["messages"] = messages,
        ["tools"] = null,
        ["documents"] = null,
        ["add_generation_prompt"] = opensAnswer,
    });

    /// <summary>What ends an answer, of what stands between an answer and the next question.</summary>
    private string StopAfter(string between) =>
        Array.Find(tokenizer.Encode(between), tokenizer.IsSpecial) is var id && tokenizer.IsSpecial(id) ? tokenizer.Decode([id])
            : between.TrimEnd();

    private static Dictionary<string, object?> Variables(ITokenizer tokenizer, ChatOptions options)
    {
        var all = tokenizer.SpecialTokens.ToDictionary(token => token.Key, token => (object?)token.Value);
        foreach (var (name, value) in options.Variables ?? [])
            all[name] = value is null ? null : JsonSerializer.SerializeToElement(value);
        return all;
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
