using System.Diagnostics;
using LlmKick.Sdk.Statistics;
using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>Compresses one opened block.</summary>
internal sealed class BlockCompression(IBlock block, PassPlan plan, int blockCount, CompressionContext context)
{
    /// <summary>Gathers, compresses group after group, and measures.</summary>
    /// <param name="hidden">What enters the block, or null without calibration.</param>
    /// <param name="calibration">The sequences that it is made of.</param>
    /// <param name="advance">Whether the uncompressed block's outputs are to be put in the inputs' place.</param>
    public List<LinearReport> Run(HiddenStates? hidden, CalibrationSet? calibration, bool advance)
    {
        foreach (var linear in block.Groups.SelectMany(g => g.Linears))
            RequireFinite(linear);
        var coded = block.Groups.SelectMany(g => g.Linears).Where(l => l.Parts.Count > 0).ToHashSet();
        var reports = new List<LinearReport>[block.Groups.Count];
        foreach (var turn in CalibrationTurns.Of(block.Groups, plan, context.StatisticsBudget))
        {
            using var scope = torch.NewDisposeScope();
            var groups = turn.Select(index => block.Groups[index]).ToList();
            var statistics = hidden is null ? groups.ConvertAll(g => new GroupStatistics(Place(g)))
                : Gather(hidden, groups, calibration!.Sequences.Count, advance);
            var few = new FewTokens(groups, statistics, plan, context.Experts, calibration);
            plan.Prepare?.Invoke(groups, few.Statistics, new GroupContext(block.Index, DeriveSeed(block.Groups.Count), blockCount));
            foreach (var (place, index) in turn.Index())
            {
                context.CancellationToken.ThrowIfCancellationRequested();
                reports[index] = CompressGroup(groups[place], few.Statistics[place], few.Tokens[place],
                    new GroupContext(block.Index, DeriveSeed(index), blockCount), coded);
            }
        }
        return [.. reports.SelectMany(own => own)];
    }

    private List<GroupStatistics> Gather(HiddenStates hidden, List<LinearGroup> groups, int sequences, bool advance)
    {
        var observers = groups.ToDictionary(g => g.Name, g => new GroupObserver(g, plan.Needs, Place(g), g.Linears[0].Weight.device));
        void Observe(LinearGroup group, torch.Tensor input) => observers.GetValueOrDefault(group.Name)?.Observe(input);
        torch.Tensor Forward(torch.Tensor batch) => plan.Needs != InputStatistics.None && context.Experts.Calibrate == ExpertTokens.All
            ? block.ForwardShowingAll(batch, Observe) : block.Forward(batch, Observe);
        if (advance)
            hidden.Replace(Forward, context.CancellationToken);
        else
            hidden.ForEach(batch => Forward(batch).Dispose(), context.CancellationToken);
        return groups.ConvertAll(g => observers[g.Name].Finish(sequences));
    }

    private string Place(LinearGroup group) => $"block {block.Index}, {group.Name}";

    private List<LinearReport> CompressGroup(LinearGroup group, GroupStatistics statistics, long? tooFew, GroupContext place,
        HashSet<Linear> coded)
    {
        using var scope = torch.NewDisposeScope();
        var before = group.Linears.Select(l => l.Weight.clone()).ToList();
        var isLeft = tooFew is not null && context.Experts.Then == ColdExperts.Leave;
        var selected = group.Linears.Where(l => !isLeft && plan.Selects(place.PlaceOf(l))).ToList();
        var clock = Stopwatch.StartNew();
        if (selected.Count > 0)
            using (torch.NewDisposeScope())
                plan.Compress(group with { Linears = selected }, statistics, place);
        var secondsPerRow = clock.Elapsed.TotalSeconds / Math.Max(1, selected.Sum(l => l.Outputs));
        return
        [
            .. group.Linears.Zip(before, (linear, weight) =>
            {
                var isSelected = selected.Contains(linear);
                var report = LinearChange.Measure(block.Index, linear, weight, statistics, isSelected ? secondsPerRow * linear.Outputs : 0);
                var lostCodes = !isSelected && linear.Parts.Count == 0 && coded.Contains(linear);
                return report with
                {
                    LostCodes = lostCodes,
                    TooFewTokens = plan.Selects(place.PlaceOf(linear)) ? tooFew : null,
                    LeftForTokens = isLeft && plan.Selects(place.PlaceOf(linear)),
                    Left = LeftReasonOf(place.PlaceOf(linear), linear, isSelected, lostCodes, isLeft),
                };
            }),
        ];
    }

    private LeftReason? LeftReasonOf(LinearPlace place, Linear linear, bool isSelected, bool lostCodes, bool isLeft) =>
        linear.Encoding switch
    {
        not DenseEncoding => null,
        _ when lostCodes => LeftReason.Scaling,
        _ when isSelected => LeftReason.Method,
        _ when place.IsLeftByRole => LeftReason.Role,
        _ => isLeft && plan.Selects(place) ? LeftReason.Calibration : LeftReason.Selection,
    };

    private void RequireFinite(Linear linear)
    {
        using var scope = torch.NewDisposeScope();
        var (least, greatest) = linear.Weight.aminmax();
        if (!torch.stack([least, greatest]).isfinite().all().item<bool>())
            throw new LlmKickException($"The weights of block {block.Index}, {linear.Name} are not all finite numbers. The model's file is "
                + $"damaged, or its dtype too narrow: use float32 or bfloat16.");
    }

    /// <summary>SplitMix64 over the variant's seed and the place; groups beyond the 256th take further places of the sequence, so that none
    /// has another's seed.</summary>
    private int DeriveSeed(int group)
    {
        var place = ((ulong)(uint)context.Seed << 32) + ((ulong)(uint)block.Index << 8) + (byte)group;
        return (int)(SplitMix64.At(place, (ulong)group >> 8) & int.MaxValue);
    }
}
