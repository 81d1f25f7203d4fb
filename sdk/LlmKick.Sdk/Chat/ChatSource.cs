using LlmKick.Sdk.Models;
using LlmKick.Sdk.Templates;

namespace LlmKick.Sdk.Chat;

/// <summary>The template that a task takes for a model.</summary>
/// <param name="Name">What to call it in messages.</param>
/// <param name="Text">Its source.</param>
internal sealed record ChatSource(string Name, string Text)
{
    /// <summary>Special tokens by which tokenizers are known that have no template.</summary>
    private static readonly (string Token, string Name)[] Marks =
        [("<|im_start|>", "chatml"), ("<|start_header_id|>", "llama3"), ("<start_of_turn>", "gemma")];

    /// <summary>Finds it.</summary>
    /// <exception cref="LlmKickException">There is none of that name.</exception>
    public static ChatSource Of(ITokenizer tokenizer, string template) => template switch
    {
        ChatOptions.Auto => Own(tokenizer),
        _ when Path.IsPathRooted(template) => new ChatSource($"'{template}'", ChatTemplateSet.ReadFile(template)),
        _ when tokenizer.ChatTemplates.Named.TryGetValue(template, out var own) =>
            new ChatSource($"the model's chat template '{template}'", own),
        _ => Named(template) ?? throw new LlmKickException(
            $"chat: '{template}' is neither a template of this model, which has {Names(tokenizer.ChatTemplates.Named.Keys)}, nor one of "
                + $"{string.Join(", ", NamedTemplates.Names)}: leave `chat` out for the model's own, or name a Jinja file."),
    };

    private static ChatSource Own(ITokenizer tokenizer)
    {
        if (tokenizer.ChatTemplates.Main is { } own)
            return new ChatSource("the model's chat template", own);
        if (tokenizer.ChatTemplates.Named.Count > 0)
            throw new LlmKickException($"The model has several chat templates and none is its default: say by `chat:` which to take, one "
                + $"of {Names(tokenizer.ChatTemplates.Named.Keys)}.");
        return Named(Array.Find(Marks, mark => IsOneToken(mark.Token, tokenizer)).Name ?? NamedTemplates.Plain)!;
    }

    private static ChatSource? Named(string name) => NamedTemplates.Find(name) is { } text
        ? new ChatSource($"the chat template '{name}'", text) : null;

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal)) is { Length: > 0 } list
        ? list : "none";

    private static bool IsOneToken(string text, ITokenizer tokenizer) => tokenizer.Encode(text) is [var id] && tokenizer.IsSpecial(id);
}
