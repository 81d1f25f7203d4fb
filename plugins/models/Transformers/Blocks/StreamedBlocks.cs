using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Models;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Blocks;

/// <summary>
/// Blocks of a model that need not fit into memory: each is read when it is asked for, while the one before computes where they are asked
/// for in order, and let go of when another is opened. What is committed goes to a file and is read from there.
/// </summary>
/// <param name="specs">The blocks.</param>
/// <param name="reader">Reads a block's parts from the model's files.</param>
/// <param name="device">Where blocks compute.</param>
/// <param name="dtype">What they compute in.</param>
/// <param name="folder">Where changed blocks are kept.</param>
/// <param name="source">The model's files, which it closes.</param>
internal sealed class StreamedBlocks(IReadOnlyList<BlockSpec> specs, Func<int, WeightPool, IPartReader> reader, Device device,
    ScalarType dtype, string folder, IDisposable source) : IModelBlocks
{
    private readonly WeightPool _pool = new();
    private readonly Dictionary<int, (DecoderBlock Block, int Leases)> _held = [];
    private readonly KeptBlock?[] _kept = new KeptBlock?[specs.Count];
    private (int Index, Task<DecoderBlock> Read)? _ahead;
    private RouterChoices? _routing;

    public int Count => specs.Count;

    public KeyValueScheme? KeyValues { get; set; }

    public RouterChoices? Routing => _held.Values.Aggregate(_routing, (all, held) => Sum(all, held.Block.Routing));

    public BlockLease Open(int index, bool inOrder = false)
    {
        if (!_held.TryGetValue(index, out var held))
        {
            var read = TakeAhead(index);
            foreach (var (other, _) in _held.Where(row => row.Value.Leases == 0).ToList())
                LetGo(other);
            held = (read ?? Read(index), 0);
        }
        held.Block.Mixer.KeyValues = KeyValues;
        _held[index] = held with { Leases = held.Leases + 1 };
        if (inOrder && Count > 1 && (index + 1) % Count is var next && _ahead is null && !_held.ContainsKey(next))
            _ahead = (next, Task.Run(() => Read(next)));
        return new BlockLease(held.Block, Return);
    }

    public void Commit(DecoderBlock block)
    {
        _kept[block.Index]?.Dispose();
        _kept[block.Index] = KeptBlock.Of(block, folder);
    }

    public void Dispose()
    {
        TakeAhead(-1);
        foreach (var index in _held.Keys.ToList())
            LetGo(index);
        foreach (var kept in _kept)
            kept?.Dispose();
        _pool.Dispose();
        source.Dispose();
    }

    private void Return(DecoderBlock block) =>
        _held[block.Index] = _held[block.Index] with { Leases = _held[block.Index].Leases - 1 };

    /// <summary>The block that was read ahead, if it is this one; another is let go of.</summary>
    private DecoderBlock? TakeAhead(int index)
    {
        if (_ahead is not var (place, read))
            return null;
        _ahead = null;
        var block = read.GetAwaiter().GetResult();
        if (place == index)
            return block;
        Free(block);
        return null;
    }

    private DecoderBlock Read(int index)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var block = specs[index].Build(_kept[index] is { } kept ? new KeptReader(kept, device, dtype)
        {
            Pool = _pool,
        } : reader(index, _pool), index);
        scope.Detach(block.Tensors);
        return block;
    }

    private void LetGo(int index)
    {
        _held.Remove(index, out var held);
        _routing = Sum(_routing, held.Block.Routing);
        Free(held.Block);
    }

    private void Free(DecoderBlock block)
    {
        var weights = block.Linears.Select(fused => fused.Weight).ToHashSet(ReferenceEqualityComparer.Instance);
        foreach (var tensor in block.Tensors.Where(tensor => !weights.Contains(tensor)))
            tensor.Dispose();
        foreach (var fused in block.Linears)
            _pool.Give(fused.Weight);
    }

    private static RouterChoices? Sum(RouterChoices? all, RouterChoices? own) => all is null ? own : all + (own ?? default);
}
