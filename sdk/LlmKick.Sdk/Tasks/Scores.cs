namespace LlmKick.Sdk.Tasks;

/// <summary>What a sample's answers are worth.</summary>
/// <param name="Values">From a metric's name to this sample's number; 0 or 1 where the metric is a proportion.</param>
public sealed record Scores(IReadOnlyDictionary<string, double> Values)
{
    /// <summary>The sample's weight in means, such as its number of scored tokens.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Samples of one cluster are not independent (questions about one passage); null where each stands alone.</summary>
    public string? Cluster { get; init; }

    /// <summary>Groups the sample belongs to, each a metric suffix: <c>stem</c> gives <c>accuracy.strict/stem</c>.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>From a name to numbers of the sample's parts, such as one a scored token: what quantiles over all samples' parts are made
    /// of.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<float>> Parts { get; init; } = new Dictionary<string, IReadOnlyList<float>>();

    /// <summary>What a judge said, in the order it was asked; empty where none was.</summary>
    public IReadOnlyList<JudgeReply> JudgeReplies { get; init; } = [];
}
