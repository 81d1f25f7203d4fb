using LlmKick.Reports.Comparisons;

namespace LlmKick.Reports.Examples;

/// <summary>Answers of the dense model and of a variant to one question.</summary>
/// <param name="Task">The task.</param>
/// <param name="Variant">The variant.</param>
/// <param name="Question">What was asked.</param>
/// <param name="Flip">What became of it.</param>
/// <param name="Dense">The dense model's answer.</param>
/// <param name="Here">The variant's answer.</param>
internal sealed record Example(string Task, string Variant, Question Question, Flip Flip, string Dense, string Here);
