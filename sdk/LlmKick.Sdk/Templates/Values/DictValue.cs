using System.Runtime.CompilerServices;
using System.Text;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>A dictionary, in the order in which its keys came.</summary>
internal sealed class DictValue : Value
{
    private readonly OrderedDictionary<DictKey, object?> entries = [];

    public override string TypeName => "dict";

    public override int? Length => entries.Count;

    public override IEnumerable<object?> Items => Keys;

    public IEnumerable<object?> Keys => entries.Keys.Select(key => key.Value);

    public IEnumerable<object?> Values => entries.Values;

    public IEnumerable<(object? Key, object? Value)> Pairs => entries.Select(entry => (entry.Key.Value, entry.Value));

    [IndexerName("Entry")]
    public object? this[object? key]
    {
        set
        {
            Evaluation.Text(16);
            entries[new DictKey(key)] = value;
        }
    }

    public bool TryGet(object? key, out object? value) => entries.TryGetValue(new DictKey(key), out value);

    public bool Contains(object? key) => entries.ContainsKey(new DictKey(key));

    public bool Remove(object? key) => entries.Remove(new DictKey(key));

    public void Clear() => entries.Clear();

    /// <summary>A key that cannot be one is missing too: both are errors that a look-up passes over.</summary>
    public override object? Item(object? key) =>
        key is ListValue or DictValue ? Missing.Value : TryGet(key, out var value) ? value : Missing.Value;

    public override object? Attribute(string name) => DictMethods.Find(this, name);

    public DictValue Copy()
    {
        var copy = new DictValue();
        foreach (var (key, value) in Pairs)
            copy[key] = value;
        return copy;
    }

    public override bool Equals(Value other)
    {
        if (other is not DictValue dict || dict.Length != Length)
            return false;
        Evaluation.Enter();
        Evaluation.Step(entries.Count);
        var equal = Pairs.All(pair => dict.TryGet(pair.Key, out var value) && Comparison.AreEqual(pair.Value, value));
        Evaluation.Leave();
        return equal;
    }

    public override int Hash() => throw PythonError.Type("unhashable type: 'dict'");

    public override void Represent(StringBuilder text)
    {
        Evaluation.Enter();
        Evaluation.Text(2 + (4 * entries.Count));
        text.Append('{');
        var first = true;
        foreach (var (key, value) in Pairs)
        {
            Representation.Append(first ? text : text.Append(", "), key);
            Representation.Append(text.Append(": "), value);
            first = false;
        }
        text.Append('}');
        Evaluation.Leave();
    }
}
