namespace LlmKick.Reports.Comparisons;

/// <summary>How far apart seeds alone put what is compared: a difference that is not larger is theirs as well as a loss.</summary>
/// <param name="comparisons">All comparisons of a run.</param>
internal sealed class SeedSpreads(IReadOnlyList<Comparison> comparisons)
{
    private readonly Dictionary<(string, string), List<double>> differences = comparisons.GroupBy(Key)
        .ToDictionary(seeds => seeds.Key, seeds => seeds.Select(one => one.Value - one.Dense).Where(double.IsFinite).ToList());

    /// <summary>The largest less the smallest difference over seeds; 0 where there is one.</summary>
    public double Of(Comparison one) => differences[Key(one)] is { Count: > 1 } seeds ? seeds.Max() - seeds.Min() : 0;

    /// <summary>Whether the difference is more than seeds make.</summary>
    public bool IsBeyond(Comparison one) => Math.Abs(one.Value - one.Dense) > Of(one);

    private static (string, string) Key(Comparison one) => (one.Group ?? one.Variant, one.TaskGroup ?? one.Task);
}
