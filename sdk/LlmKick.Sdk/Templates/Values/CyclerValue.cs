using System.Text;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>What <c>cycler()</c> makes.</summary>
internal sealed class CyclerValue(IReadOnlyList<object?> items) : Value
{
    private int position;

    public override string TypeName => "Cycler";

    public override string ObjectName => "jinja2.utils.Cycler object";

    public override object? Attribute(string name) => name switch
    {
        "current" => items[position],
        "pos" => new System.Numerics.BigInteger(position),
        "items" => new TupleValue(items),
        "next" => new FunctionValue(new Signature("Cycler.next()"), _ => Next(), "method"),
        "reset" => new FunctionValue(new Signature("Cycler.reset()"), _ => Reset(), "method"),
        _ => Missing.Value,
    };

    public override void Represent(StringBuilder text) => text.Append("<jinja2.utils.Cycler object>");

    private object? Next()
    {
        Evaluation.Step();
        var value = items[position];
        position = (position + 1) % items.Count;
        return value;
    }

    private object? Reset()
    {
        position = 0;
        return null;
    }
}
