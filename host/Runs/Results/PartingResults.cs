namespace LlmKick.Runs.Results;

/// <summary>Where perplexity and a task part ways.</summary>
/// <param name="Method">The method.</param>
/// <param name="Task">The task.</param>
/// <param name="Sparsity">The smallest sparsity at which the task has lost and perplexity has not.</param>
/// <param name="Variant">The variant.</param>
/// <param name="TaskRatio">The task's score ÷ the dense one's.</param>
/// <param name="PerplexityRatio">Perplexity ÷ the dense one's.</param>
internal sealed record PartingResults(string Method, string Task, double Sparsity, string Variant, double TaskRatio,
    double PerplexityRatio);
