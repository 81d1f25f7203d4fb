namespace LlmKick.Reports.Samples;

/// <summary>What is needed of a sample to compare it with another variant's.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Score">The score that is asked for.</param>
/// <param name="Weight">Its weight in means.</param>
/// <param name="Cluster">The cluster it belongs to, or null.</param>
/// <param name="Answer">Equal for equal answers; 0 where there is no answer but numbers.</param>
/// <param name="Offset">Where its line begins.</param>
/// <param name="Length">Bytes of its line.</param>
internal readonly record struct SampleRow(string Id, double Score, double Weight, string? Cluster, ulong Answer, long Offset, int Length)
{
    /// <summary>For each option its log-probability, in nats; null where options were not compared.</summary>
    public double[]? Choices { get; init; }
}
