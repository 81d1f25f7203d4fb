using LlmKick.Kick.Judging;
using LlmKick.Kick.Questions;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;

namespace LlmKick.Kick.Instruct;

/// <summary>Reads questions and reference answers.</summary>
internal static class ConversationFile
{
    public static async Task<IReadOnlyList<Conversation>> ReadAsync(string path, string? references, CancellationToken cancellationToken)
    {
        var rows = await JsonLines.ReadAsync<QuestionRow>(path, "`question_id`, `category` and `text` or `turns`", cancellationToken)
            .ConfigureAwait(false);
        var answers = references is null ? [] : await AnswerFile.ReadAsync(references, cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => Conversation(path, row.Line, row.Value, answers))];
    }

    private static Conversation Conversation(string path, int line, QuestionRow row, Dictionary<string, IReadOnlyList<string>> answers)
    {
        var questions = row.Turns ?? (row.Text is null ? [] : [row.Text]);
        if (questions.Count == 0 || questions.Any(string.IsNullOrWhiteSpace))
            throw new LlmKickException(
                $"{path}:{line}: there is no question, or an empty one; give `text`, or `turns` with a text for each turn.");
        return new Conversation(row.QuestionId.ToString(), row.Category, questions,
            answers.GetValueOrDefault(row.QuestionId.ToString(), []));
    }
}
