using System.Text;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>Something to go over once: what filters such as <c>map</c> give.</summary>
internal sealed class IteratorValue(IEnumerable<object?> items, string typeName = "generator", string name = "") : Value
{
    private readonly IEnumerator<object?> enumerator = items.GetEnumerator();

    public override string TypeName => typeName;

    public override bool IsTrue => true;

    public override IEnumerable<object?> Items
    {
        get
        {
            while (MoveNext())
                yield return enumerator.Current;
        }
    }

    // Iterators over iterators are a call deeper each.
    private bool MoveNext()
    {
        Evaluation.Enter();
        var moved = enumerator.MoveNext();
        Evaluation.Leave();
        return moved;
    }

    public override void Represent(StringBuilder text) => text.Append('<').Append(typeName).Append(" object")
        .Append(name.Length > 0 ? " " + name : "").Append('>');
}
