using System.Text;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>A list or a tuple.</summary>
internal abstract class SequenceValue : Value
{
    public abstract IReadOnlyList<object?> Values { get; }

    public override int? Length => Values.Count;

    public override IEnumerable<object?> Items
    {
        get
        {
            for (var i = 0; i < Values.Count; i++)
                yield return Values[i];
        }
    }

    public abstract SequenceValue Create(List<object?> values);

    public override object? Item(object? key) => Slicing.Index(key, Values.Count) is { } index ? Values[index] : Missing.Value;

    public override bool Equals(Value other)
    {
        if (other is not SequenceValue sequence || sequence.TypeName != TypeName || sequence.Values.Count != Values.Count)
            return false;
        Evaluation.Enter();
        Evaluation.Step(Values.Count);
        var equal = true;
        for (var i = 0; equal && i < Values.Count; i++)
            equal = Comparison.AreEqual(Values[i], sequence.Values[i]);
        Evaluation.Leave();
        return equal;
    }

    protected void Represent(StringBuilder text, string begin, string end)
    {
        Evaluation.Enter();
        Evaluation.Text(2 + (2 * Values.Count));
        text.Append(begin);
        for (var i = 0; i < Values.Count; i++)
            Representation.Append(i == 0 ? text : text.Append(", "), Values[i]);
        text.Append(end);
        Evaluation.Leave();
    }
}
