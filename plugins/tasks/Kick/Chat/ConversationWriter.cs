using LlmKick.Sdk.Models;

namespace LlmKick.Kick.Chat;

/// <summary>Writes the requests of a conversation, as far as the model's context goes.</summary>
/// <param name="template">The model's way to write conversations.</param>
/// <param name="system">The system message; none where empty.</param>
/// <param name="tokenizer">The model's tokenizer.</param>
/// <param name="contextLength">Tokens in the model's longest sequence.</param>
/// <param name="maxNewTokens">The most tokens of an answer.</param>
internal sealed class ConversationWriter(ChatTemplate template, string system, ITokenizer tokenizer, int contextLength, int maxNewTokens)
{
    /// <summary>The request for the next answer, or null where prompt and answer do not fit the context together: nothing is ever cut.</summary>
    /// <param name="questions">The questions; one more than answers.</param>
    /// <param name="answers">The model's answers so far.</param>
    /// <param name="sampling">How the answer is drawn, or null.</param>
    public GenerateRequest? Next(IReadOnlyList<string> questions, IReadOnlyList<string> answers, Sampling? sampling)
    {
        var text = template.Write(system, questions, answers);
        var prompt = new Prompt(text, tokenizer.Encode(text, addSpecial: true));
        return prompt.Tokens.Count + maxNewTokens <= contextLength ? new GenerateRequest(prompt, maxNewTokens, template.Stop) { Sampling = sampling } : null;
    }
}
