using System.Diagnostics.CodeAnalysis;
using LlmKick.Sdk.Compression;
using TorchSharp;

namespace LlmKick.Sdk.Testing;

/// <summary>Keeps compressed blocks in memory.</summary>
public sealed class MemoryBlockStore : IBlockStore, IDisposable
{
    private readonly Dictionary<int, Stored> _blocks = [];

    /// <summary>The stored blocks' indices, ascending.</summary>
    public IEnumerable<int> Blocks => _blocks.Keys.Order();

    /// <summary>Drops a block, as if the compression had been cut off before it was stored.</summary>
    /// <param name="block">Its index.</param>
    public void Forget(int block)
    {
        if (_blocks.Remove(block, out var stored))
            stored.Release();
    }

    /// <inheritdoc/>
    public bool Contains(int block) => _blocks.ContainsKey(block);

    /// <inheritdoc/>
    public bool TryRestore(IBlock block, [NotNullWhen(true)] out IReadOnlyList<LinearReport>? reports)
    {
        ArgumentNullException.ThrowIfNull(block);
        reports = null;
        if (!_blocks.TryGetValue(block.Index, out var stored))
            return false;
        foreach (var linear in block.Groups.SelectMany(g => g.Linears))
            stored.Restore(linear);
        foreach (var (name, parameter) in block.Parameters)
            parameter.copy_(stored.Parameters[name]);
        reports = stored.Reports;
        return true;
    }

    /// <inheritdoc/>
    public void Save(IBlock block, IReadOnlyList<LinearReport> reports)
    {
        ArgumentNullException.ThrowIfNull(block);
        Forget(block.Index);
        _blocks[block.Index] = new Stored(
            block.Groups.SelectMany(g => g.Linears).ToDictionary(l => l.Name, Copy),
            block.Parameters.ToDictionary(p => p.Key, p => Copy(p.Value)),
            reports);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var index in Blocks.ToArray())
            Forget(index);
    }

    /// <summary>A linear of its own with the same weight and encoding.</summary>
    private static Linear Copy(Linear linear)
    {
        var copy = new Linear(linear.Name, Copy(linear.Weight));
        copy.Replace(linear);
        return copy;
    }

    private static torch.Tensor Copy(torch.Tensor tensor) => tensor.clone().DetachFromDisposeScope();

    private sealed record Stored(Dictionary<string, Linear> Linears, Dictionary<string, torch.Tensor> Parameters,
        IReadOnlyList<LinearReport> Reports)
    {
        public void Restore(Linear linear) => linear.Replace(Linears[linear.Name]);

        public void Release()
        {
            foreach (var tensor in Linears.Values.SelectMany(linear => linear.Tensors).Concat(Parameters.Values))
                tensor.Dispose();
        }
    }
}
