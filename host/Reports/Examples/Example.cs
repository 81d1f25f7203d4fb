using LlmKick.Reports.Comparisons;

namespace LlmKick.Reports.Examples;

/// <summary>Examples, and how many there would be.</summary>
/// <param name="Shown">The examples.</param>
/// <param name="Pairs">Pairs of answers that they are drawn from.</param>
internal sealed record ExampleSet(IReadOnlyList<Example> Shown, long Pairs);

/// <summary>Answers of the dense model and of a variant to one question.</summary>
/// <param name="Task">The task.</param>
/// <param name="Variant">The variant.</param>
/// <param name="Question">What was asked.</param>
/// <param name="Flip">What became of it.</param>
/// <param name="Dense">The dense model's answer.</param>
/// <param name="Here">The variant's answer.</param>
internal sealed record Example(string Task, string Variant, Question Question, Flip Flip, string Dense, string Here);

/// <summary>What a sample asks.</summary>
/// <param name="Text">The prompt, its beginning cut off where it is long.</param>
/// <param name="Target">The right answer; empty where there is none.</param>
internal sealed record Question(string Text, string Target);
