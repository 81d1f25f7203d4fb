namespace LlmKick.Runs.Results;

/// <summary>The largest sparsity at which a method still matches the dense model in a task. A sparsity counts when all below it match as
/// well; 0 is the dense model.</summary>
/// <param name="Method">The method.</param>
/// <param name="Task">The task.</param>
/// <param name="Sparsity">By the measured scores.</param>
/// <param name="Low">As far as the samples prove it: every interval up to here is within the tolerance.</param>
/// <param name="High">As far as the samples allow it: no interval up to here is outside the tolerance.</param>
/// <param name="LargestTried">The largest sparsity that was tried.</param>
internal sealed record Frontier(string Method, string Task, double Sparsity, double Low, double High, double LargestTried);
