using System.Diagnostics.CodeAnalysis;
using LlmKick.Sdk.Compression;
using TorchSharp;

namespace LlmKick.Tests;

/// <summary>Keeps blocks in memory.</summary>
internal sealed class MemoryBlockStore : IBlockStore
{
    private readonly Dictionary<int, (Dictionary<string, (torch.Tensor Weight, LinearEncoding Encoding)> Linears, IReadOnlyList<LinearReport> Reports)> _blocks = [];

    public IEnumerable<int> Blocks => _blocks.Keys.Order();

    public void Forget(int block) => _blocks.Remove(block);

    public bool TryRestore(IBlock block, [NotNullWhen(true)] out IReadOnlyList<LinearReport>? reports)
    {
        reports = null;
        if (!_blocks.TryGetValue(block.Index, out var stored))
            return false;
        foreach (var linear in block.Groups.SelectMany(g => g.Linears))
            linear.Replace(stored.Linears[linear.Name].Weight, stored.Linears[linear.Name].Encoding);
        reports = stored.Reports;
        return true;
    }

    public void Save(IBlock block, IReadOnlyList<LinearReport> reports) => _blocks[block.Index] = (
        block.Groups.SelectMany(g => g.Linears).ToDictionary(l => l.Name, l => (l.Weight.clone().DetachFromDisposeScope(), l.Encoding)),
        reports);
}
