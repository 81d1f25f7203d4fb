using static TorchSharp.torch;

namespace LlmKick.Transformers.Positions;

/// <summary>The tables of a model: one for each kind of rotation and regime that was asked for.</summary>
/// <param name="context">Tokens of the model's context.</param>
/// <param name="device">Where they lie.</param>
/// <param name="dtype">The model's.</param>
internal sealed class RotaryTables(long context, Device device, ScalarType dtype) : IDisposable
{
    // A regime a length would otherwise keep a table for every length ever read.
    private const int MostOfAKind = 4;

    private readonly Dictionary<(RotarySpec, long), RotaryTable> _tables = [];

    public RotaryTable Of(RotarySpec rotary, long regime)
    {
        if (_tables.TryGetValue((rotary, regime), out var known))
            return known;
        var others = _tables.Keys.Where(key => key.Item1 == rotary).ToList();
        if (others.Count >= MostOfAKind)
            Drop(others);
        return _tables[(rotary, regime)] = new RotaryTable(rotary, regime, context, device, dtype);
    }

    public void Dispose() => Drop([.. _tables.Keys]);

    private void Drop(List<(RotarySpec, long)> keys)
    {
        foreach (var key in keys)
        {
            _tables[key].Dispose();
            _tables.Remove(key);
        }
    }
}
