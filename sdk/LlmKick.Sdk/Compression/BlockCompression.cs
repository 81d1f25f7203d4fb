using System.Diagnostics;
using LlmKick.Sdk.Statistics;
using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>Compresses one opened block.</summary>
internal sealed class BlockCompression(IBlock block, PassPlan plan, int blockCount, int seed)
{
    /// <summary>Gathers, compresses group after group, and measures.</summary>
    /// <param name="hidden">What enters the block, or null without calibration.</param>
    /// <param name="sequences">Calibration sequences.</param>
    /// <param name="advance">Whether the uncompressed block's outputs are to be put in the inputs' place.</param>
    /// <param name="cancellationToken">Stops between groups and between batches.</param>
    public List<LinearReport> Run(HiddenStates? hidden, int sequences, bool advance, CancellationToken cancellationToken)
    {
        foreach (var linear in block.Groups.SelectMany(g => g.Linears))
            RequireFinite(linear);
        var coded = block.Groups.SelectMany(g => g.Linears).Where(l => l.Parts.Count > 0).ToHashSet();
        var statistics = plan.Origin == InputOrigin.CompressedGroups ? null
            : Gather(hidden, block.Groups, sequences, advance, cancellationToken);
        if (statistics is not null)
            plan.Prepare?.Invoke(block.Groups, statistics, new GroupContext(block.Index, DeriveSeed(block.Groups.Count), blockCount));
        var reports = new List<LinearReport>();
        for (var i = 0; i < block.Groups.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (group, context) = (block.Groups[i], new GroupContext(block.Index, DeriveSeed(i), blockCount));
            var own = statistics?[i] ?? Gather(hidden, [group], sequences, false, cancellationToken)[0];
            reports.AddRange(CompressGroup(group, own, context, coded));
        }
        return reports;
    }

    private List<GroupStatistics> Gather(HiddenStates? hidden, IReadOnlyList<LinearGroup> groups, int sequences, bool advance,
        CancellationToken cancellationToken)
    {
        if (hidden is null)
            return [.. groups.Select(g => new GroupStatistics(Place(g)))];
        var observers = groups.ToDictionary(g => g.Name, g => new GroupObserver(g, plan.Needs, Place(g), g.Linears[0].Weight.device));
        torch.Tensor Forward(torch.Tensor batch) =>
            block.Forward(batch, (group, input) => observers.GetValueOrDefault(group.Name)?.Observe(input));
        if (advance)
            hidden.Replace(Forward, cancellationToken);
        else
            hidden.ForEach(batch => Forward(batch).Dispose(), cancellationToken);
        return [.. groups.Select(g => observers[g.Name].Finish(sequences))];
    }

    private string Place(LinearGroup group) => $"block {block.Index}, {group.Name}";

    private List<LinearReport> CompressGroup(LinearGroup group, GroupStatistics statistics, GroupContext context, HashSet<Linear> coded)
    {
        using var scope = torch.NewDisposeScope();
        var before = group.Linears.Select(l => l.Weight.clone()).ToList();
        var selected = group.Linears.Where(l => plan.Selects(context.PlaceOf(l))).ToList();
        var clock = Stopwatch.StartNew();
        if (selected.Count > 0)
            using (torch.NewDisposeScope())
                plan.Compress(group with { Linears = selected }, statistics, context);
        var secondsPerRow = clock.Elapsed.TotalSeconds / Math.Max(1, selected.Sum(l => l.Outputs));
        return
        [
            .. group.Linears.Zip(before, (linear, weight) =>
            {
                var isSelected = selected.Contains(linear);
                var report = LinearChange.Measure(block.Index, linear, weight, statistics, isSelected ? secondsPerRow * linear.Outputs : 0);
                var lostCodes = !isSelected && linear.Parts.Count == 0 && coded.Contains(linear);
                return report with { LostCodes = lostCodes, Left = LeftReasonOf(context.PlaceOf(linear), linear, isSelected, lostCodes) };
            }),
        ];
    }

    private static LeftReason? LeftReasonOf(LinearPlace place, Linear linear, bool isSelected, bool lostCodes) => linear.Encoding switch
    {
        not DenseEncoding => null,
        _ when lostCodes => LeftReason.Scaling,
        _ when isSelected => LeftReason.Method,
        _ => place.IsLeftByRole ? LeftReason.Role : LeftReason.Selection,
    };

    private void RequireFinite(Linear linear)
    {
        using var scope = torch.NewDisposeScope();
        if (!linear.Weight.isfinite().all().item<bool>())
            throw new LlmKickException($"The weights of block {block.Index}, {linear.Name} are not all finite numbers. The model's file is "
                + $"damaged, or its dtype too narrow: use float32 or bfloat16.");
    }

    /// <summary>SplitMix64 over the variant's seed and the place; groups beyond the 256th take further places of the sequence, so that none
    /// has another's seed.</summary>
    private int DeriveSeed(int group)
    {
        var place = ((ulong)(uint)seed << 32) + ((ulong)(uint)block.Index << 8) + (byte)group;
        return (int)(SplitMix64.At(place, (ulong)group >> 8) & int.MaxValue);
    }
}
