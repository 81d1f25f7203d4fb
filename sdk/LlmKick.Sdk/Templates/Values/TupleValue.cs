using System.Text;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>A tuple, whose items may have names.</summary>
internal sealed class TupleValue : SequenceValue
{
    private readonly string[] names;

    public TupleValue(IReadOnlyList<object?> values, params string[] names)
    {
        (Values, this.names) = (values, names);
        Evaluation.Text(8L * values.Count);
    }

    public override string TypeName => "tuple";

    public override IReadOnlyList<object?> Values { get; }

    public override SequenceValue Create(List<object?> values) => new TupleValue(values);

    public override object? Attribute(string name) => Array.IndexOf(names, name) is >= 0 and var index ? Values[index]
        : ListMethods.Find(this, name);

    public override int Hash()
    {
        Evaluation.Enter();
        var hash = new HashCode();
        foreach (var value in Values)
            hash.Add(Comparison.Hash(value));
        Evaluation.Leave();
        return hash.ToHashCode();
    }

    public override void Represent(StringBuilder text) => Represent(text, "(", Values.Count == 1 ? ",)" : ")");
}
