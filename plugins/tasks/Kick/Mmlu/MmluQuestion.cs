namespace LlmKick.Kick.Mmlu;

/// <summary>A row of a subject's file.</summary>
/// <param name="Text">The question.</param>
/// <param name="Choices">The four answers.</param>
/// <param name="Letter">The right one: A, B, C or D.</param>
internal sealed record MmluQuestion(string Text, IReadOnlyList<string> Choices, string Letter)
{
    /// <summary>The letters, in the order of the answers.</summary>
    public static IReadOnlyList<string> Letters { get; } = ["A", "B", "C", "D"];
}
