using LlmKick.Sdk.Models;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Layers;

/// <summary>Keys and values of every block, allocated once: [batch, heads, capacity, head width], rows filled from the left.</summary>
internal sealed class KeyValueCache : IKeyValueCache
{
    private readonly (Tensor Keys, Tensor Values)[] _blocks;
    private readonly int[] _lengths;

    private KeyValueCache((Tensor, Tensor)[] blocks, int[] lengths, int capacity) => (_blocks, _lengths, Capacity) = (blocks, lengths, capacity);

    public int Capacity { get; }

    public IReadOnlyList<int> Lengths => _lengths;

    public Device Device => _blocks[0].Keys.device;

    /// <summary>An empty cache. Zeros, for what is masked is still multiplied by 0 and must be finite.</summary>
    public static KeyValueCache Create(int blocks, long[] shape, ScalarType dtype, Device device)
    {
        Tensor Zeros() => zeros(shape, dtype, device).DetachFromDisposeScope();
        return new([.. Enumerable.Range(0, blocks).Select(_ => (Zeros(), Zeros()))], new int[shape[0]], (int)shape[2]);
    }

    public (Tensor Keys, Tensor Values) Block(int block) => _blocks[block];

    /// <summary>Tokens of the longest row once rows have grown.</summary>
    public int LongestAfter(ReadOnlySpan<int> lengths)
    {
        var longest = 0;
        for (var row = 0; row < lengths.Length; row++)
            longest = Math.Max(longest, _lengths[row] + lengths[row]);
        return longest;
    }

    public void Grow(ReadOnlySpan<int> lengths)
    {
        for (var row = 0; row < lengths.Length; row++)
            _lengths[row] += lengths[row];
    }

    public IKeyValueCache Select(ReadOnlySpan<int> rows, int capacity)
    {
        var lengths = new int[rows.Length];
        for (var row = 0; row < rows.Length; row++)
            lengths[row] = _lengths[rows[row]];
        if (lengths.Max() > capacity)
            throw new ArgumentOutOfRangeException(nameof(capacity), capacity, $"A row holds {lengths.Max()} tokens.");
        using var scope = NewDisposeScope();
        var index = tensor(Array.ConvertAll(rows.ToArray(), row => (long)row), device: Device);
        return new KeyValueCache([.. _blocks.Select(block => (Copy(block.Keys), Copy(block.Values)))], lengths, capacity);

        Tensor Copy(Tensor from)
        {
            using var copying = NewDisposeScope();
            var shape = from.shape;
            var copy = zeros([lengths.Length, shape[1], capacity, shape[3]], from.dtype, from.device);
            var held = lengths.Max();
            copy.narrow(2, 0, held).copy_(from.narrow(2, 0, held).index_select(0, index));
            return copy.DetachFromDisposeScope();
        }
    }

    public void Dispose()
    {
        foreach (var (keys, values) in _blocks)
        {
            keys.Dispose();
            values.Dispose();
        }
    }
}
