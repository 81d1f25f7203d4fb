using LlmKick.Kick.Chat;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;

namespace LlmKick.Kick.Judging;

/// <summary>Asks a judge, whatever kind of model it is.</summary>
internal static class JudgeDesk
{
    private const int MostTokens = 1024;

    /// <summary>A reply to each question, in their order.</summary>
    public static async Task<IReadOnlyList<string>> AskAsync(ILanguageModel? judge, IReadOnlyList<JudgeQuestion> questions, CancellationToken cancellationToken)
    {
        if (judge is null)
            throw new LlmKickException("A judge is needed: add `judge: { endpoint: { model: NAME } }` to the recipe, or leave `judge_prompts` out.");
        var replies = new string[questions.Count];
        await foreach (var response in judge.AnswerAsync([.. questions.Select(question => Request(judge, question))], null, cancellationToken).ConfigureAwait(false))
            replies[response.Index] = ((GenerateResponse)response).Text;
        return replies;
    }

    private static GenerateRequest Request(ILanguageModel judge, JudgeQuestion question)
    {
        ChatMessage[] messages = [new("system", question.System), new("user", question.Text)];
        if (judge.Tokenizer is not { } tokenizer)
            return new GenerateRequest(new Prompt(question.Text, []) { Messages = messages }, MostTokens, []);
        var template = ChatTemplates.Find(ChatForm.Auto, tokenizer);
        var text = template.Write(question.System, [question.Text], []);
        return new GenerateRequest(new Prompt(text, tokenizer.Encode(text, addSpecial: true)) { Messages = messages }, MostTokens, template.Stop);
    }
}
