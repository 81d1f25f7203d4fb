using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Positions;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Layers;

/// <summary>What all blocks share in one forward pass: where its tokens stand, what they may look at, and what one block leaves for later
/// ones.</summary>
internal sealed class ForwardPass : IDisposable
{
    private readonly RotaryTables _tables;
    private readonly ScalarType _dtype;
    private readonly Device _device;
    private readonly int[] _starts;
    private readonly int[] _totals;
    private readonly long _keys;
    private readonly Dictionary<RotarySpec, RotaryAngles> _angles = [];
    private readonly Dictionary<(int?, Alibi?, int?), Tensor> _masks = [];
    private readonly List<Tensor> _owned = [];
    private Tensor? _positions;
    private Tensor? _real;

    private ForwardPass(RotaryTables tables, Device device, ScalarType dtype, int[] starts, int[] totals, long length, CacheWriter? cache)
    {
        (_tables, _device, _dtype, _starts, _totals, Length, Cache) = (tables, device, dtype, starts, totals, length, cache);
        _keys = cache is null ? length : totals.Max();
    }

    /// <summary>Tokens of each row, padding included.</summary>
    public long Length { get; }

    /// <summary>Where keys and values go, or null to keep nothing.</summary>
    public CacheWriter? Cache { get; }

    /// <summary>Whether keys of earlier passes are looked at.</summary>
    public bool HasHistory => _starts.Max() > 0;

    /// <summary>Which of the schedule's runs of a block it is at: the block's index, where each runs once.</summary>
    public int Visit { get; set; }

    /// <summary>What blocks look at, kept for later blocks that look at the same, by the block's index.</summary>
    public Dictionary<int, (Tensor Keys, Tensor Values)> Kept { get; } = [];

    /// <summary>What the last block's router leaves for the next one's, […, numbers]; null for nothing.</summary>
    public Tensor? RouterState { get; set; }

    /// <summary>What enters every block beside the hidden states, [batch, length, blocks, width]; null for nothing.</summary>
    public Tensor? BlockInputs { get; set; }

    /// <summary>Whether experts are shown all tokens, whichever they are sent to; outputs stay what they are.</summary>
    public bool ShowsAll { get; init; }

    /// <summary>int64 [1 or batch, length].</summary>
    public Tensor Positions => _positions ??= Own(MakePositions());

    /// <summary>Which tokens are no padding, bool [batch, length]; null where all are.</summary>
    public Tensor? Real => _starts.Zip(_totals).All(row => row.Second - row.First == Length) ? null : _real ??= Own(MakeReal());

    private bool IsEven => Array.TrueForAll(_starts, start => start == _starts[0]);

    /// <summary>Whole sequences from position 0; nothing is kept.</summary>
    public static ForwardPass OfWhole(RotaryTables tables, Device device, ScalarType dtype, long length, bool showsAll = false) =>
        new(tables, device, dtype, [0], [(int)length], length, null) { ShowsAll = showsAll };

    /// <summary>Rows from position 0 of which some are padded at the end; nothing is kept.</summary>
    public static ForwardPass OfRows(RotaryTables tables, Device device, ScalarType dtype, ReadOnlySpan<int> lengths, long length) =>
        new(tables, device, dtype, new int[lengths.Length], lengths.ToArray(), length, null);

    /// <summary>Rows that are appended to a cache, whose rows may be of unequal length.</summary>
    public static ForwardPass OfCache(KeyValueCache cache, RotaryTables tables, ScalarType dtype, ReadOnlySpan<int> lengths, long length)
    {
        var starts = cache.Lengths.ToArray();
        var totals = new int[starts.Length];
        for (var row = 0; row < totals.Length; row++)
            totals[row] = starts[row] + lengths[row];
        return new(tables, cache.Device, dtype, starts, totals, length, new CacheWriter(cache, lengths, length));
    }

    /// <summary>The angles of a rotation at this pass's positions; they belong to the pass.</summary>
    public RotaryAngles Angles(RotarySpec rotary)
    {
        if (_angles.TryGetValue(rotary, out var known))
            return known;
        using var scope = NewDisposeScope();
        var made = MakeAngles(rotary);
        return _angles[rotary] = made with { Cosines = Own(made.Cosines), Sines = Own(made.Sines) };
    }

    /// <summary>
    /// What is added to scores: 0 or a bias where a token may look and −∞ elsewhere, [1 or batch, 1 or heads, length, keys]; it belongs to
    /// the pass. Null where plain causal attention (without history) or looking at every key (with it) is the same.
    /// </summary>
    public Tensor? Mask(int? window, Alibi? alibi, int? chunk = null, bool always = false)
    {
        (window, chunk) = (window < _keys ? window : null, chunk < _keys ? chunk : null);
        if (!always && alibi is null && window is null && chunk is null && (!HasHistory || (IsEven && Length == 1)))
            return null;
        if (_masks.TryGetValue((window, alibi, chunk), out var known))
            return known;
        using var scope = NewDisposeScope();
        return _masks[(window, alibi, chunk)] = Own(MakeMask(window, alibi, chunk));
    }

    /// <summary>Keeps what a block looks at until the pass ends.</summary>
    public void Keep(int block, Tensor keys, Tensor values) => Kept[block] = (Own(keys), Own(values));

    /// <summary>Keeps a router's state for the next block's, or until the pass ends.</summary>
    public void Remember(Tensor state) => RouterState = Own(state.clone());

    public void Dispose() => _owned.ForEach(tensor => tensor.Dispose());

    private RotaryAngles MakeAngles(RotarySpec rotary)
    {
        var regimes = Array.ConvertAll(_totals, total => rotary.Scaling?.Regime(total) ?? 0);
        if (Array.TrueForAll(regimes, regime => regime == regimes[0]))
            return IsEven ? _tables.Of(rotary, regimes[0]).First(_starts[0], Length)
                : _tables.Of(rotary, regimes[0]).At(Positions, _starts.Max() + Length);
        var rows = regimes.Select((regime, row) => _tables.Of(rotary, regime).First(_starts[row], Length) is var angles
            ? angles with { Cosines = angles.Cosines.clone(), Sines = angles.Sines.clone() } : angles).ToList();
        return rows[0] with { Cosines = stack(rows.Select(row => row.Cosines)), Sines = stack(rows.Select(row => row.Sines)) };
    }

    private Tensor MakeReal()
    {
        using var scope = NewDisposeScope();
        var totals = tensor(_totals.Select(total => (long)total).ToArray(), device: _device);
        return Positions.lt(totals.unsqueeze(1)).MoveToOuterDisposeScope();
    }

    private Tensor MakePositions()
    {
        using var scope = NewDisposeScope();
        var starts = tensor((IsEven ? _starts[..1] : _starts).Select(start => (long)start).ToArray(), device: _device);
        return starts.unsqueeze(1).add(arange(Number.Of(0), Number.Of(Length), Number.One, ScalarType.Int64, _device), Number.One)
            .MoveToOuterDisposeScope();
    }

    private Tensor MakeMask(int? window, Alibi? alibi, int? chunk)
    {
        // A padded query beyond all keys looks at the last ones, for something must be looked at.
        var queries = Positions.clamp_max(Number.Of(_keys - 1)).unsqueeze(-1);
        var keys = arange(Number.Of(0), Number.Of(_keys), Number.One, ScalarType.Int64, _device);
        var hidden = keys.gt(queries);
        if (window is { } seen)
            hidden = hidden.logical_or(keys.le(queries.sub(Number.Of(seen))));
        if (chunk is { } own)
            hidden = hidden.logical_or(keys.lt(queries.sub(queries.remainder(Number.Of(own)))));
        var mask = zeros(hidden.shape, _dtype, _device).masked_fill_(hidden, Number.Of(double.NegativeInfinity)).unsqueeze(1);
        return alibi is null ? mask : mask.add(alibi.Biases(_keys, _device).to_type(_dtype), Number.One);
    }

    private Tensor Own(Tensor tensor)
    {
        _owned.Add(tensor.DetachFromDisposeScope());
        return tensor;
    }
}
