using System.Text.Json.Serialization;

namespace LlmKick.Sdk.Models;

/// <summary>A piece of input. A local model reads the tokens, a server may read the text.</summary>
/// <param name="Text">The text.</param>
/// <param name="Tokens">Its token ids, exactly as they are to be read; nothing is added.</param>
public sealed record Prompt(string Text, IReadOnlyList<int> Tokens)
{
    /// <summary>The conversation that <see cref="Text"/> was made of, for servers that make the text themselves; null where there is
    /// none.</summary>
    [JsonIgnore]
    public IReadOnlyList<ChatMessage>? Messages { get; init; }

    /// <summary>Encodes a text that is the first thing read: where the tokenizer puts a beginning-of-text in front, there is one, unless
    /// the text has it already.</summary>
    /// <param name="text">The text.</param>
    /// <param name="tokenizer">The model's tokenizer.</param>
    public static Prompt Opening(string text, ITokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        var tokens = tokenizer.Encode(text);
        return new Prompt(text, tokens is [var first, ..] && first == tokenizer.BeginOfText ? tokens
            : tokenizer.Encode(text, addSpecial: true));
    }

    /// <summary>Encodes a text as it is, with nothing added.</summary>
    /// <param name="text">The text.</param>
    /// <param name="tokenizer">The model's tokenizer.</param>
    public static Prompt Of(string text, ITokenizer tokenizer) => new(text, tokenizer.Encode(text));
}
