namespace LlmKick.Runs.Results;

/// <summary>What became of a checkpoint.</summary>
/// <param name="Format">Its format.</param>
/// <param name="Bytes">Bytes of all its files.</param>
/// <param name="Notes">What is not exactly as the model was measured.</param>
/// <param name="Error">Why it was not written, or null.</param>
internal sealed record SaveResults(string Format, long Bytes, IReadOnlyList<string> Notes, string? Error);
