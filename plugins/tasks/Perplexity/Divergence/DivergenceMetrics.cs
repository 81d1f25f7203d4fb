using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Perplexity.Divergence;

/// <summary>The numbers of a comparison: p is the dense model's distribution of the next token, q the compressed model's.</summary>
internal static class DivergenceMetrics
{
    private const string Agreement = "top1_agreement";
    private const string Kl = "kl";
    private const string Ear = "ear";
    private const string Change = "delta_p";
    private const string ChangeRms = "delta_p.rms";
    private const string ChangeSquared = "delta_p.squared";

    private static readonly (string Metric, double Share)[] Quantiles =
        [("kl.p10", 0.1), ("kl.p50", 0.5), ("kl.p90", 0.9), ("kl.p99", 0.99), ("kl.max", 1)];

    public static IReadOnlyList<MetricDescription> Descriptions { get; } =
    [
        new(Agreement, HigherIsBetter: true, Chance: null,
            "share of tokens at which both hold the same one for the most probable; bootstrap over windows or answers"),
        new(Kl, HigherIsBetter: false, Chance: null,
            "mean of KL(dense ‖ compressed) = Σ p ln(p / q) of a token, in nats; bootstrap over windows or answers"),
        .. Quantiles.Select(quantile => new MetricDescription(quantile.Metric, HigherIsBetter: false, Chance: null, Help(quantile.Share))),
        new(Ear, HigherIsBetter: true, Chance: null,
            "mean of Σ min(p, q) of a token: the expected acceptance rate of speculative sampling"),
        new(Change, HigherIsBetter: true, Chance: null, "mean of q − p of the token that follows in the text"),
        new(ChangeRms, HigherIsBetter: false, Chance: null, "root mean square of q − p of the token that follows in the text"),
    ];

    public static Scores Score(DivergenceResponse response) => new(new Dictionary<string, double>
    {
        [Agreement] = response.SameBest.Average(same => same ? 1.0 : 0),
        [Kl] = response.Kl.Average(value => (double)value),
        [Ear] = response.Overlap.Average(value => (double)value),
        [Change] = response.Change.Average(value => (double)value),
        [ChangeSquared] = response.Change.Average(value => (double)value * value),
    })
    {
        Weight = response.Kl.Count,
        Parts = new Dictionary<string, IReadOnlyList<float>> { [Kl] = response.Kl },
    };

    public static IReadOnlyList<Metric> Aggregate(IReadOnlyList<Scores> scores) =>
    [
        .. ScoreMetrics.Mean(Agreement, scores),
        .. ScoreMetrics.Mean(Kl, scores),
        .. PooledQuantiles.Of(Kl, Quantiles, scores),
        .. ScoreMetrics.Mean(Ear, scores),
        .. ScoreMetrics.Mean(Change, scores),
        .. ScoreMetrics.Mean(ChangeSquared, scores)
        .Select(squared => new Metric(ChangeRms, Math.Sqrt(squared.Value), squared.N, Math.Sqrt(squared.Low), Math.Sqrt(squared.High))),
    ];

    private static string Help(double share) => share == 1 ? "the greatest divergence of a token; without an interval"
        : FormattableString.Invariant($"the {share} quantile of the divergence over the tokens of all windows or answers");
}
