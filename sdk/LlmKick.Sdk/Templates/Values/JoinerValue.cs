using System.Text;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>What <c>joiner()</c> makes: nothing when it is called first, its separator then.</summary>
internal sealed class JoinerValue(object? separator) : Value
{
    private bool used;

    public override string TypeName => "Joiner";

    public override string ObjectName => "jinja2.utils.Joiner object";

    public override bool IsCallable => true;

    public override object? Attribute(string name) => name switch { "sep" => separator, "used" => used, _ => Missing.Value };

    public override object? Call(CallArguments arguments, Evaluation run)
    {
        var first = !used;
        used = true;
        return first ? "" : separator;
    }

    public override void Represent(StringBuilder text) => text.Append("<jinja2.utils.Joiner object>");
}
