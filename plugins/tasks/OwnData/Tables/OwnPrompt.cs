using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.OwnData.Tables;

/// <summary>Makes a row's prompt and sees to it that it fits.</summary>
internal static class OwnPrompt
{
    /// <summary>The prompt, with what the model's own tokenizer adds before a text.</summary>
    /// <param name="template">The template.</param>
    /// <param name="row">The row.</param>
    /// <param name="context">Tokenizer and context length.</param>
    /// <param name="room">Tokens that must fit after it.</param>
    /// <exception cref="LlmKickException">A column is not there, the prompt is empty, or it leaves too little room.</exception>
    public static Prompt Of(string template, Row row, TaskContext context, int room)
    {
        var text = PromptTemplate.Fill(template, row);
        var prompt = Prompt.Opening(text, context.Tokenizer);
        if (prompt.Tokens.Count == 0)
            throw new LlmKickException($"{row.Place}: the prompt is empty; give `prompt` some text.");
        return prompt.Tokens.Count + room <= context.ContextLength
            ? prompt
            : throw new LlmKickException($"{row.Place}: the prompt has {prompt.Tokens.Count} tokens and needs room for {room} more, which "
                + $"is over the model's context of {context.ContextLength}; shorten the row or leave it out.");
    }
}
