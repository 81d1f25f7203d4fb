namespace LlmKick.Reports.Examples;

/// <summary>Examples, and how many there would be.</summary>
/// <param name="Shown">The examples.</param>
/// <param name="Pairs">Pairs of answers that they are drawn from.</param>
internal sealed record ExampleSet(IReadOnlyList<Example> Shown, long Pairs);
