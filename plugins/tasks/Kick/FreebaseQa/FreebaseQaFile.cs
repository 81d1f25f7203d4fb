using System.Text.Json;
using LlmKick.Kick.Questions;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Kick.FreebaseQa;

/// <summary>Reads questions from FreebaseQA's JSON or from lines.</summary>
internal static class FreebaseQaFile
{
    private static readonly JsonSerializerOptions Strict =
        new() { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    public static async Task<IReadOnlyList<FreebaseQaQuestion>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            throw new LlmKickException(
                $"{path}: no such file; give FreebaseQA's JSON or a text file with `question | answer` in each line.");
        var content = await TextFile.ReadAsync(path, cancellationToken).ConfigureAwait(false);
        return content.AsSpan().TrimStart().StartsWith("{") ? Json(path, content) : [.. Lines(path, content)];
    }

    private static IReadOnlyList<FreebaseQaQuestion> Json(string path, string content)
    {
        try
        {
            var questions = JsonSerializer.Deserialize<FreebaseQaDocument>(content, Strict)!.Questions;
            return [.. questions.Select((question, index) => Question(path, question, index))];
        }
        catch (JsonException exception)
        {
            throw JsonFileFault.Of(path, content,
                "not FreebaseQA's JSON: Questions, each with RawQuestion and Parses[].Answers[].AnswersName, are needed.", exception);
        }
    }

    private static FreebaseQaQuestion Question(string path, FreebaseQaDocument.Question question, int index)
    {
        var answers = question.Parses.SelectMany(parse => parse.Answers).SelectMany(Names).ToArray();
        if (question.Parses is not [{ Answers: [var first, ..] }, ..])
            throw new LlmKickException(
                $"{path}: Questions[{index}] has no answer in its first parse; leave the question out or give it one.");
        if (answers.Length == 0)
            throw new LlmKickException($"{path}: Questions[{index}] has no name of an answer with a letter or digit, so that no output can "
                + $"be right; leave the question out or give it one.");
        if (string.IsNullOrWhiteSpace(question.RawQuestion))
            throw new LlmKickException($"{path}: Questions[{index}] is empty; leave it out.");
        return new FreebaseQaQuestion(index, question.RawQuestion, [.. Names(first)], answers);
    }

    private static IEnumerable<string> Names(FreebaseQaDocument.Answer answer) => (answer.AnswersName ?? []).OfType<string>()
        .Where(IsRightable);

    private static bool IsRightable(string name) => AnswerText.SameWords(name, name);

    private static IEnumerable<FreebaseQaQuestion> Lines(string path, string content)
    {
        var lines = content.Split('\n');
        for (var i = 0; i < lines.Length; i++)
            if (!string.IsNullOrWhiteSpace(lines[i]))
                yield return Line(lines[i], i) ?? throw new LlmKickException($"{path}:{i + 1}: '{lines[i].Trim()}' has no question, or no "
                    + $"answer with a letter or digit; write `question | answer`.");
    }

    /// <summary>Quotes stay as they are: the reference numbers were made so.</summary>
    private static FreebaseQaQuestion? Line(string line, int index)
    {
        var bar = line.LastIndexOf('|');
        if (bar < 0 || line[..bar].Trim() is not { Length: > 0 } question || line[(bar + 1)..].Trim() is not { } answer
            || !IsRightable(answer))
            return null;
        return new FreebaseQaQuestion(index, question, [answer], [answer]);
    }
}
