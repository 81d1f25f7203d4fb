using LlmKick.Sdk.Chat;
using LlmKick.Sdk.Models;

namespace LlmKick.Kick.Chat;

/// <summary>Writes the requests of a conversation, as far as the model's context goes.</summary>
/// <param name="chat">Writes conversations.</param>
/// <param name="system">The system message; none where empty.</param>
/// <param name="contextLength">Tokens in the model's longest sequence.</param>
/// <param name="maxNewTokens">The most tokens of an answer.</param>
internal sealed class ConversationWriter(ChatWriter chat, string system, int contextLength, int maxNewTokens)
{
    /// <summary>The request for the next answer, or null where prompt and answer do not fit the context together: nothing is ever
    /// cut.</summary>
    /// <param name="questions">The questions; one more than answers at least.</param>
    /// <param name="answers">The model's answers so far, without their reasoning.</param>
    /// <param name="sampling">How the answer is drawn, or null.</param>
    public GenerateRequest? Next(IReadOnlyList<string> questions, IReadOnlyList<string> answers, Sampling? sampling)
    {
        var turns = answers.SelectMany((answer, turn) =>
            new ChatMessage[] { new("user", questions[turn]), new("assistant", answer.Trim()) });
        var prompt = chat.Ask([.. system.Length > 0 ? [new ChatMessage("system", system)] : Array.Empty<ChatMessage>(), .. turns,
            new ChatMessage("user", questions[answers.Count])]);
        return prompt.Tokens.Count + maxNewTokens <= contextLength
            ? new GenerateRequest(prompt, maxNewTokens, chat.Stop) { Sampling = sampling } : null;
    }
}
