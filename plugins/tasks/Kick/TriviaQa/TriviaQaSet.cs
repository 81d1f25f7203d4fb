using LlmKick.Kick.Questions;

namespace LlmKick.Kick.TriviaQa;

/// <summary>What a file holds.</summary>
/// <param name="Questions">The questions.</param>
/// <param name="Paragraphs">In SQuAD's format, the paragraphs of all questions, which passages are then retrieved from; else null.</param>
internal sealed record TriviaQaSet(IReadOnlyList<TriviaQaQuestion> Questions, IReadOnlyList<string>? Paragraphs)
{
    /// <summary>Questions that are left out: SQuAD 2.0 has some that cannot be answered.</summary>
    public LeftOut LeftOut { get; init; } = new();
}

/// <summary>A question with its right answers.</summary>
/// <param name="Index">Its place in the file, from 0.</param>
/// <param name="Text">The question.</param>
/// <param name="Answers">Right answers, normalised.</param>
/// <param name="First">The documents whose start is the open context: the first of Wikipedia, the first of the web.</param>
/// <param name="Evidence">All documents that came with the question.</param>
/// <param name="Cluster">What it shares with others, such as its paragraph; null where it stands alone.</param>
internal sealed record TriviaQaQuestion(int Index, string Text, IReadOnlyList<string> Answers, IReadOnlyList<Evidence> First,
    IReadOnlyList<Evidence> Evidence, string? Cluster);
