using LlmKick.Sdk.Compression;

namespace LlmKick.Runs.Records;

/// <summary>Says where a form of weights is faster than the dense model. What is evaluated here is computed with decoded weights, so its
/// speed here is the dense model's.</summary>
internal static class SpeedNote
{
    /// <summary>What holds for a variant's linears.</summary>
    public static string Of(IReadOnlyList<LinearReport> linears)
    {
        var notes = linears.Select(linear => linear.Encoding.Speed).Distinct().ToList();
        return notes.Count == 0 ? "the dense model" : string.Join("; ", notes);
    }
}
