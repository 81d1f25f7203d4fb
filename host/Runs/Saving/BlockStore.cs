using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using LlmKick.Runtime;
using LlmKick.Sdk.Compression;
using LlmKick.Storage;

namespace LlmKick.Runs.Saving;

/// <summary>Keeps the blocks of one stage of a variant.</summary>
/// <param name="folder">The stage's folder.</param>
/// <param name="fingerprint">Fingerprint of the weights after the stage.</param>
internal sealed class BlockStore(string folder, string fingerprint) : IBlockStore
{
    private readonly Stopwatch watch = Stopwatch.StartNew();

    /// <summary>Time that stored blocks took, in this process or an earlier one.</summary>
    public double Seconds { get; private set; }

    /// <summary>How many of a model's blocks are stored.</summary>
    public int Count(int blocks) => Enumerable.Range(0, blocks).Count(Contains);

    /// <inheritdoc/>
    public bool Contains(int block)
    {
        using var stored = StoredBlock.TryOpen(PathOf(block), fingerprint);
        return stored is not null;
    }

    /// <inheritdoc/>
    public bool TryRestore(IBlock block, [NotNullWhen(true)] out IReadOnlyList<LinearReport>? reports)
    {
        watch.Restart();
        reports = null;
        using (var stored = StoredBlock.TryOpen(PathOf(block.Index), fingerprint))
            if (stored?.TryRestore(block) == true)
                (reports, Seconds) = (stored.Reports, Seconds + stored.Seconds);
        if (reports is null)
            RunFile.Delete(PathOf(block.Index));
        return reports is not null;
    }

    /// <inheritdoc/>
    public void Save(IBlock block, IReadOnlyList<LinearReport> reports)
    {
        var seconds = watch.Elapsed.TotalSeconds;
        Failpoint.Pass("compress");
        BlockFile.Write(PathOf(block.Index), fingerprint, block, reports, seconds);
        Failpoint.Pass("block-saved");
        NativeHeap.Trim();
        Seconds += seconds;
        watch.Restart();
    }

    private string PathOf(int index) => Path.Combine(folder, index.ToString("D4", CultureInfo.InvariantCulture) + ".safetensors");
}
