using System.Diagnostics;
using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>Compresses one opened block.</summary>
internal sealed class BlockCompression(IBlock block, InputStatistics needs, int seed)
{
    /// <summary>Gathers, compresses group after group, and measures.</summary>
    public List<LinearReport> Run(
        HiddenStates? hidden, int sequences, Action<LinearGroup, GroupStatistics, GroupContext> compress, CancellationToken cancellationToken)
    {
        foreach (var linear in block.Groups.SelectMany(g => g.Linears))
            RequireFinite(linear);
        var statistics = Gather(hidden, sequences, cancellationToken);
        var reports = new List<LinearReport>();
        for (var i = 0; i < block.Groups.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var group = new GroupContext(block.Index, DeriveSeed(i));
            reports.AddRange(CompressGroup(block.Groups[i], statistics[i], () => compress(block.Groups[i], statistics[i], group)));
        }
        return reports;
    }

    private List<GroupStatistics> Gather(HiddenStates? hidden, int sequences, CancellationToken cancellationToken)
    {
        if (hidden is null)
            return [.. block.Groups.Select(g => new GroupStatistics(Place(g), null, null, false, 0))];
        var observers = block.Groups.ToDictionary(g => g.Name, g => new GroupObserver(g, needs, Place(g), g.Linears[0].Weight.device));
        hidden.ForEach(batch => block.Forward(batch, (group, input) => observers[group.Name].Observe(input)).Dispose(), cancellationToken);
        return [.. block.Groups.Select(g => observers[g.Name].Finish(sequences))];
    }

    private string Place(LinearGroup group) => $"block {block.Index}, {group.Name}";

    private List<LinearReport> CompressGroup(LinearGroup group, GroupStatistics statistics, Action compress)
    {
        using var scope = torch.NewDisposeScope();
        var before = group.Linears.Select(l => l.Weight.clone()).ToList();
        var clock = Stopwatch.StartNew();
        using (torch.NewDisposeScope())
            compress();
        var secondsPerRow = clock.Elapsed.TotalSeconds / group.Linears.Sum(l => l.Outputs);
        return [.. group.Linears.Zip(before, (linear, weight) => LinearChange.Measure(block.Index, linear, weight, statistics, secondsPerRow * linear.Outputs))];
    }

    private void RequireFinite(Linear linear)
    {
        using var scope = torch.NewDisposeScope();
        if (!linear.Weight.isfinite().all().item<bool>())
            throw new LlmKickException($"The weights of block {block.Index}, {linear.Name} are not all finite numbers. The model's file is damaged, or its dtype too narrow: use float32 or bfloat16.");
    }

    /// <summary>SplitMix64 over the variant's seed and the place.</summary>
    private int DeriveSeed(int group)
    {
        var x = unchecked(((ulong)(uint)seed << 32) + ((ulong)(uint)block.Index << 8) + (uint)group + 0x9E3779B97F4A7C15UL);
        x = unchecked((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL);
        x = unchecked((x ^ (x >> 27)) * 0x94D049BB133111EBUL);
        return (int)((x ^ (x >> 31)) & int.MaxValue);
    }
}
