using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>Experts that saw too few calibration tokens to go by, and what methods are told of their inputs.</summary>
internal sealed class FewTokens
{
    /// <param name="groups">Groups of a block.</param>
    /// <param name="seen">What was seen of each.</param>
    /// <param name="plan">What the method wants.</param>
    /// <param name="experts">What the recipe says.</param>
    /// <param name="calibration">The calibration data; null where there are none.</param>
    public FewTokens(List<LinearGroup> groups, List<GroupStatistics> seen, PassPlan plan, ExpertCalibration experts,
        CalibrationSet? calibration)
    {
        var all = calibration is null || plan.Needs == InputStatistics.None ? 0 : calibration.Tokens;
        Tokens = [.. groups.Zip(seen, (group, known) => experts.IsCold(group, known.Tokens, all) ? (long?)known.Tokens : null)];
        Statistics = experts.Then == ColdExperts.Leave ? seen
            : [.. seen.Select((known, place) => Tokens[place] is null ? known : known.WithoutInputs(LargestOfOthers(groups, seen, place)))];
    }

    /// <summary>Tokens of each group that is too cold; null for the others.</summary>
    public IReadOnlyList<long?> Tokens { get; }

    /// <summary>What the method is told of each group.</summary>
    public IReadOnlyList<GroupStatistics> Statistics { get; }

    /// <summary>What other experts' linears of the same kind saw: an activation's range must come from somewhere.</summary>
    private static torch.Tensor? LargestOfOthers(List<LinearGroup> groups, List<GroupStatistics> seen, int place)
    {
        var own = groups[place].Linears[0];
        return seen.Where((known, index) => known is { Tokens: > 0, Largest: not null }
            && groups[index].Linears[0] is { Expert: not null } other && other.Role == own.Role && other.Inputs == own.Inputs)
            .Select(known => known.Largest!)
            .Aggregate((torch.Tensor?)null, (largest, next) => largest?.maximum(next) ?? next);
    }
}
