using System.Text.Json.Serialization;
using LlmKick.Kick.Chat;
using LlmKick.Kick.Judging;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Kick.Instruct;

/// <summary>A conversation that is to be had.</summary>
/// <param name="Conversation">Its questions.</param>
/// <param name="Writer">Writes its prompts.</param>
/// <param name="Judging">What a judge needs, or null.</param>
/// <param name="Seed">The task's seed.</param>
internal sealed record InstructSample(Conversation Conversation, [property: JsonIgnore] ConversationWriter Writer,
    [property: JsonIgnore] JudgeSetup? Judging, int Seed)
    : Sample(Conversation.Id)
{
    /// <inheritdoc/>
    public override string Target => string.Join("\n\n", Conversation.References);
}
