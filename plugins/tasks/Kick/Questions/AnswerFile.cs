using LlmKick.Sdk;
using LlmKick.Sdk.Files;

namespace LlmKick.Kick.Questions;

/// <summary>Reads answers that somebody gave: by question, those of its turns.</summary>
internal static class AnswerFile
{
    public static async Task<Dictionary<string, IReadOnlyList<string>>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var answers = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var (line, row) in await JsonLines.ReadAsync<AnswerRow>(path, "`question_id` and `choices` or `text`",
            cancellationToken).ConfigureAwait(false))
            if (!answers.TryAdd(row.QuestionId.ToString(), row.Answers))
                throw new LlmKickException($"{path}:{line}: question {row.QuestionId} is there twice; keep one answer.");
        return answers;
    }
}
