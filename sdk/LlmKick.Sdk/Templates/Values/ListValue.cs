using System.Text;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>A list.</summary>
internal sealed class ListValue : SequenceValue
{
    private readonly List<object?> values;

    public ListValue(IEnumerable<object?> values)
    {
        this.values = values as List<object?> ?? [.. values];
        Evaluation.Text(8L * this.values.Count);
    }

    public override string TypeName => "list";

    public override IReadOnlyList<object?> Values => values;

    /// <summary>The values, to be changed.</summary>
    public List<object?> Mutable => values;

    public override SequenceValue Create(List<object?> values) => new ListValue(values);

    public override object? Attribute(string name) => ListMethods.Find(this, name);

    public override int Hash() => throw PythonError.Type("unhashable type: 'list'");

    public override void Represent(StringBuilder text) => Represent(text, "[", "]");
}
