namespace LlmKick.Reports.Plots;

/// <summary>One method's points.</summary>
/// <param name="Name">The method.</param>
/// <param name="Mark">The letter that stands for it.</param>
/// <param name="Points">Sparsity and share of the dense model's score.</param>
internal sealed record Series(string Name, char Mark, IReadOnlyList<(double X, double Y)> Points);
