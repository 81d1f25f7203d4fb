using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Layers;

/// <summary>Appends one pass's keys and values to a cache, block after block. Padding is not written.</summary>
internal sealed class CacheWriter
{
    private readonly KeyValueCache _cache;
    private readonly long _keys;
    private readonly Tensor _rows;
    private readonly Tensor _positions;
    private readonly Tensor? _counting;

    public CacheWriter(KeyValueCache cache, ReadOnlySpan<int> lengths, long length)
    {
        (_cache, _keys) = (cache, cache.LongestAfter(lengths));
        List<long> rows = [], positions = [], counting = [];
        for (var row = 0; row < lengths.Length; row++)
            for (var i = 0; i < lengths[row]; i++)
            {
                rows.Add(row);
                positions.Add(cache.Lengths[row] + i);
                counting.Add(row * length + i);
            }
        (_rows, _positions) = (tensor(rows, device: cache.Device), tensor(positions, device: cache.Device));
        _counting = counting.Count == lengths.Length * length ? null : tensor(counting, device: cache.Device);
        if (_counting is not null)
            Counts = tensor(lengths.ToArray().Select(count => (long)count).ToArray(), device: cache.Device);
    }

    /// <summary>Tokens of each row that are no padding, int64 [batch]; null where all are.</summary>
    public Tensor? Counts { get; }

    /// <summary>The states of a block, [batch, …]; the new ones are written into them.</summary>
    public Tensor[] States(int block) => _cache.States(block);

    /// <summary>Appends [batch, length, heads, head width] and returns all keys and values so far, [batch, heads, keys, head
    /// width].</summary>
    public (Tensor Keys, Tensor Values) Append(int block, Tensor keys, Tensor values)
    {
        var (allKeys, allValues) = _cache.Block(block);
        Write(allKeys, keys);
        Write(allValues, values);
        return Read(block);
    }

    /// <summary>All keys and values of a block that was appended to in this pass.</summary>
    public (Tensor Keys, Tensor Values) Read(int block)
    {
        var (keys, values) = _cache.Block(block);
        return (keys.narrow(2, 0, _keys), values.narrow(2, 0, _keys));
    }

    private void Write(Tensor all, Tensor added)
    {
        using var scope = NewDisposeScope();
        var tokens = added.reshape(-1, added.shape[2], added.shape[3]);
        all.transpose(1, 2).index_put_(_counting is null ? tokens : tokens.index_select(0, _counting), _rows, _positions);
    }
}
