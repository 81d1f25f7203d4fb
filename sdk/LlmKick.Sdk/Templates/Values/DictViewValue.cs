using System.Text;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>What <c>keys()</c>, <c>values()</c> and <c>items()</c> give.</summary>
internal sealed class DictViewValue(DictValue dict, string name) : Value
{
    public override string TypeName => "dict_" + name;

    public override int? Length => dict.Length;

    public override IEnumerable<object?> Items => name switch
    {
        "keys" => dict.Keys,
        "values" => dict.Values,
        _ => dict.Pairs.Select(pair => (object?)new TupleValue([pair.Key, pair.Value])),
    };

    public override bool Equals(Value other) =>
        name != "values" && other is DictViewValue view && view.TypeName == TypeName && view.Length == Length
            && Items.All(item => view.Items.Any(one => Comparison.AreEqual(item, one)));

    public override void Represent(StringBuilder text)
    {
        text.Append(TypeName).Append('(');
        new ListValue(Items).Represent(text);
        text.Append(')');
    }
}
