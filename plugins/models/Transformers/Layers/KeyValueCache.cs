using LlmKick.Sdk.Models;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Layers;

/// <summary>Keys and values of every block that has its own, or, of a block that runs several times, of each time, allocated once: [batch,
/// heads, capacity, head width], rows filled from the left.</summary>
internal sealed class KeyValueCache : IKeyValueCache
{
    private readonly (Tensor Keys, Tensor Values)?[] _blocks;
    private readonly int[] _lengths;
    private readonly Tensor[][] _states;
    private readonly Tensor? _tokens;

    private KeyValueCache((Tensor, Tensor)?[] blocks, Tensor[][] states, int[] lengths, int capacity, Tensor? tokens, Device device) =>
        (_blocks, _states, _lengths, Capacity, _tokens, Device) = (blocks, states, lengths, capacity, tokens, device);

    public int Capacity { get; }

    public IReadOnlyList<int> Lengths => _lengths;

    public Device Device { get; }

    /// <summary>An empty cache. Zeros, for what is masked is still multiplied by 0 and must be finite.</summary>
    /// <param name="blocks">Heads and the widths of keys and values of each block; null where it keeps nothing.</param>
    /// <param name="states">The states that each block keeps of all tokens together.</param>
    /// <param name="batch">Rows.</param>
    /// <param name="capacity">Most tokens of a row.</param>
    /// <param name="dtype">The model's.</param>
    /// <param name="device">Where it lies.</param>
    /// <param name="keepsTokens">Whether the tokens themselves are kept, to be read anew.</param>
    public static KeyValueCache Create(IReadOnlyList<(int Heads, int KeyWidth, int ValueWidth)?> blocks,
        IReadOnlyList<IReadOnlyList<StateShape>> states, int batch, int capacity, ScalarType dtype, Device device, bool keepsTokens)
    {
        Tensor Empty(StateShape state) => zeros([batch, .. state.Shape], state.IsWide ? ScalarType.Float64 : dtype, device)
            .DetachFromDisposeScope();
        Tensor Zeros(int heads, int width) => zeros([batch, heads, capacity, width], dtype, device).DetachFromDisposeScope();
        var tokens = keepsTokens ? zeros([batch, capacity], ScalarType.Int64, device).DetachFromDisposeScope() : null;
        return new([.. blocks.Select(kept => kept is { } own ? (Zeros(own.Heads, own.KeyWidth), Zeros(own.Heads, own.ValueWidth))
                : ((Tensor, Tensor)?)null)],
            [.. states.Select(own => own.Select(Empty).ToArray())], new int[batch], capacity, tokens, device);
    }

    public (Tensor Keys, Tensor Values) Block(int block) => _blocks[block]!.Value;

    /// <summary>The states of a block, [batch, …]; a pass writes the new ones into them.</summary>
    public Tensor[] States(int block) => _states[block];

    /// <summary>Tokens of the longest row once rows have grown.</summary>
    public int LongestAfter(ReadOnlySpan<int> lengths)
    {
        var longest = 0;
        for (var row = 0; row < lengths.Length; row++)
            longest = Math.Max(longest, _lengths[row] + lengths[row]);
        return longest;
    }

    public void Grow(Tensor tokens, ReadOnlySpan<int> lengths)
    {
        for (var row = 0; row < lengths.Length; row++)
        {
            if (_tokens is not null)
                Put(tokens, row, lengths[row]);
            _lengths[row] += lengths[row];
        }
    }

    /// <summary>All tokens of each row with those added, padded at the end, and their numbers.</summary>
    public (Tensor Tokens, int[] Lengths) Whole(Tensor added, ReadOnlySpan<int> lengths)
    {
        var totals = new int[_lengths.Length];
        for (var row = 0; row < totals.Length; row++)
        {
            Put(added, row, lengths[row]);
            totals[row] = _lengths[row] + lengths[row];
        }
        return (_tokens!.narrow(1, 0, totals.Max()).clone(), totals);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_lengths);
        foreach (var state in _states.SelectMany(own => own))
            state.zero_();
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
        var blocks = _blocks.Select(block => block is { } own ? (Copy(own.Keys, 2), Copy(own.Values, 2)) : ((Tensor, Tensor)?)null);
        var states = _states.Select(own => own.Select(state => state.index_select(0, index).DetachFromDisposeScope()).ToArray());
        return new KeyValueCache([.. blocks], [.. states], lengths, capacity, _tokens is null ? null : Copy(_tokens, 1), Device);

        Tensor Copy(Tensor from, int tokens)
        {
            using var copying = NewDisposeScope();
            var shape = from.shape;
            (shape[0], shape[tokens]) = (lengths.Length, capacity);
            var copy = zeros(shape, from.dtype, from.device);
            var held = lengths.Max();
            copy.narrow(tokens, 0, held).copy_(from.narrow(tokens, 0, held).index_select(0, index));
            return copy.DetachFromDisposeScope();
        }
    }

    public void Dispose()
    {
        foreach (var block in _blocks)
        {
            block?.Keys.Dispose();
            block?.Values.Dispose();
        }
        foreach (var state in _states.SelectMany(own => own))
            state.Dispose();
        _tokens?.Dispose();
    }

    private void Put(Tensor tokens, int row, int count)
    {
        using var scope = NewDisposeScope();
        _tokens!.narrow(0, row, 1).narrow(1, _lengths[row], count).copy_(tokens.narrow(0, row, 1).narrow(1, 0, count));
    }
}
