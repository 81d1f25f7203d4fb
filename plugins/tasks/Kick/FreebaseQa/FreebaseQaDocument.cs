namespace LlmKick.Kick.FreebaseQa;

/// <summary>FreebaseQA's JSON, as far as it is read.</summary>
internal sealed record FreebaseQaDocument(IReadOnlyList<FreebaseQaDocument.Question> Questions)
{
    internal sealed record Question(string RawQuestion, IReadOnlyList<Parse> Parses);

    internal sealed record Parse(IReadOnlyList<Answer> Answers);

    internal sealed record Answer(IReadOnlyList<string?>? AnswersName);
}
