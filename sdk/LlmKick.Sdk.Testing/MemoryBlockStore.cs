using System.Diagnostics.CodeAnalysis;
using LlmKick.Sdk.Compression;
using TorchSharp;

namespace LlmKick.Sdk.Testing;

/// <summary>Keeps compressed blocks in memory.</summary>
public sealed class MemoryBlockStore : IBlockStore, IDisposable
{
    private readonly Dictionary<int, (Dictionary<string, (torch.Tensor Weight, LinearEncoding Encoding)> Linears, IReadOnlyList<LinearReport> Reports)> _blocks = [];

    /// <summary>The stored blocks' indices, ascending.</summary>
    public IEnumerable<int> Blocks => _blocks.Keys.Order();

    /// <summary>Drops a block, as if the compression had been cut off before it was stored.</summary>
    /// <param name="block">Its index.</param>
    public void Forget(int block)
    {
        if (_blocks.Remove(block, out var stored))
            Release(stored.Linears);
    }

    /// <inheritdoc/>
    public bool TryRestore(IBlock block, [NotNullWhen(true)] out IReadOnlyList<LinearReport>? reports)
    {
        ArgumentNullException.ThrowIfNull(block);
        reports = null;
        if (!_blocks.TryGetValue(block.Index, out var stored))
            return false;
        foreach (var linear in block.Groups.SelectMany(g => g.Linears))
            linear.Replace(stored.Linears[linear.Name].Weight, stored.Linears[linear.Name].Encoding);
        reports = stored.Reports;
        return true;
    }

    /// <inheritdoc/>
    public void Save(IBlock block, IReadOnlyList<LinearReport> reports)
    {
        ArgumentNullException.ThrowIfNull(block);
        Forget(block.Index);
        _blocks[block.Index] = (
            block.Groups.SelectMany(g => g.Linears).ToDictionary(l => l.Name, l => (l.Weight.clone().DetachFromDisposeScope(), l.Encoding)),
            reports);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var index in Blocks.ToArray())
            Forget(index);
    }

    private static void Release(Dictionary<string, (torch.Tensor Weight, LinearEncoding Encoding)> linears)
    {
        foreach (var (weight, _) in linears.Values)
            weight.Dispose();
    }
}
