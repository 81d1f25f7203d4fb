namespace LlmKick.Kick.FreebaseQa;

/// <summary>FreebaseQA's JSON, as far as it is read.</summary>
internal sealed record FreebaseQaDocument(IReadOnlyList<FreebaseQaDocument.Question> Questions)
{
    internal sealed record Question(string RawQuestion, IReadOnlyList<Parse> Parses);

    internal sealed record Parse(IReadOnlyList<Answer> Answers);

    internal sealed record Answer(IReadOnlyList<string?>? AnswersName);
}

/// <summary>A question with its right answers.</summary>
/// <param name="Index">Its place in the file, from 0; in a text file the line.</param>
/// <param name="Text">The question as it was found on the web.</param>
/// <param name="PaperAnswers">What the released code compares with: the names of the first parse's first answer.</param>
/// <param name="Answers">All names of all answers of all parses.</param>
internal sealed record FreebaseQaQuestion(int Index, string Text, IReadOnlyList<string> PaperAnswers, IReadOnlyList<string> Answers);
