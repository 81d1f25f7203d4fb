namespace LlmKick.Kick.TriviaQa;

/// <summary>What a file holds.</summary>
/// <param name="Questions">The questions.</param>
/// <param name="Paragraphs">In SQuAD's format, the paragraphs of all questions, which passages are then retrieved from; else null.</param>
internal sealed record TriviaQaSet(IReadOnlyList<TriviaQaQuestion> Questions, IReadOnlyList<string>? Paragraphs)
{
    /// <summary>Questions that are left out: SQuAD 2.0 has some that cannot be answered.</summary>
    public int LeftOut { get; init; }
}
