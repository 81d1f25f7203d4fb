using System.Text.Json.Serialization;
using LlmKick.Kick.Chat;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Kick.Instruct;

/// <summary>A conversation that is to be had.</summary>
/// <param name="Conversation">Its questions.</param>
/// <param name="Writer">Writes its prompts.</param>
internal sealed record InstructSample(Conversation Conversation, [property: JsonIgnore] ConversationWriter Writer) : Sample(Conversation.Id)
{
    /// <inheritdoc/>
    public override string Target => string.Join("\n\n", Conversation.References);
}
