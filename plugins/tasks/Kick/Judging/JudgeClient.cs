using LlmKick.Sdk;
using LlmKick.Sdk.Chat;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Kick.Judging;

/// <summary>Asks a judge, whatever kind of model it is.</summary>
/// <param name="judge">The judge; null where the recipe names none.</param>
/// <param name="mostTokens">The most tokens of a reply.</param>
internal sealed class JudgeClient(ILanguageModel? judge, int mostTokens)
{
    /// <summary>A reply to each question, in their order; none is read yet.</summary>
    public async Task<IReadOnlyList<JudgeReply>> AskAsync(IReadOnlyList<JudgeQuestion> questions, CancellationToken cancellationToken)
    {
        if (judge is null)
            throw new LlmKickException(
                "A judge is needed: add `judge: { endpoint: { model: NAME } }` to the recipe, or leave `judge_prompts` out.");
        var chat = judge.Tokenizer is { } tokenizer ? ChatWriter.Create(tokenizer, new ChatOptions()) : null;
        var requests = questions.Select(question => Request(chat, question)).ToList();
        var replies = new JudgeReply[questions.Count];
        await foreach (var response in judge.AnswerAsync(requests, null, cancellationToken).ConfigureAwait(false))
            replies[response.Index] = Reply(requests[response.Index], (GenerateResponse)response);
        return replies;
    }

    private GenerateRequest Request(ChatWriter? chat, JudgeQuestion question)
    {
        ChatMessage[] messages = [new("system", question.System), new("user", question.Text)];
        return new GenerateRequest(chat?.Ask(messages) ?? new Prompt(question.Text, []) { Messages = messages }, mostTokens,
            chat?.Stop ?? []);
    }

    /// <summary>A model that is computed here counts by its tokens.</summary>
    private static JudgeReply Reply(GenerateRequest request, GenerateResponse response) => new(response.Answer, IsRead: false)
    {
        Usage = response.Usage
            ?? (request.Prompt.Tokens.Count > 0 ? new TokenUsage(request.Prompt.Tokens.Count, response.Tokens.Count) : null),
    };
}
