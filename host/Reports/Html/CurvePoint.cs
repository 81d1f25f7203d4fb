namespace LlmKick.Reports.Html;

/// <summary>A score at a sparsity.</summary>
/// <param name="Sparsity">Share of zeros.</param>
/// <param name="Value">The score.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Its upper end.</param>
internal sealed record CurvePoint(double Sparsity, double Value, double Low, double High)
{
    /// <summary>The score of each seed, where the point is the mean of several; none where not.</summary>
    public IReadOnlyList<double> Seeds { get; init; } = [];

    /// <summary>One point of what several seeds gave: the mean, from the lowest to the highest end of their intervals.</summary>
    /// <param name="seeds">At least one.</param>
    public static CurvePoint Of(IReadOnlyList<CurvePoint> seeds) => seeds.Count == 1 ? seeds[0] : new(
        seeds.Average(one => one.Sparsity), seeds.Average(one => one.Value), seeds.Min(one => one.Low),
        seeds.Max(one => one.High)) { Seeds = [.. seeds.Select(one => one.Value)] };
}
