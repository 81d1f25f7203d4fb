namespace LlmKick.Kick.Mmlu;

/// <summary>Subjects that are reported together.</summary>
/// <param name="Category">The category it belongs to.</param>
/// <param name="Name">Its own name.</param>
/// <param name="Subjects">Its subjects, named as their files are.</param>
internal sealed record MmluSubcategory(string Category, string Name, IReadOnlyList<string> Subjects);
