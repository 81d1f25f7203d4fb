using System.Text;
using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Compilation;

/// <summary>A macro, which sees the level where it stands.</summary>
internal sealed class MacroValue(MacroCode code, Frame outer) : Value
{
    public override string TypeName => "Macro";

    public override string ObjectName => "jinja2.runtime.Macro object";

    public override bool IsCallable => true;

    public override object? Attribute(string name) => name switch
    {
        "name" => code.Name,
        "arguments" => new TupleValue(code.Parameters),
        "catch_kwargs" => code.TakesNamed,
        "catch_varargs" => code.TakesRest,
        "caller" => code.TakesCaller,
        _ => Missing.Value,
    };

    public override object? Call(CallArguments arguments, Evaluation run)
    {
        var text = code.Run(Bind(arguments, run), outer);
        return run.Autoescape ? new MarkupValue(text) : text;
    }

    private List<object?> Bind(CallArguments arguments, Evaluation run)
    {
        var count = code.Parameters.Count;
        var values = arguments.Positional.Take(count).ToList();
        var named = new OrderedDictionary<string, object?>(arguments.Named);
        var foundCaller = values.Count == count && code.Parameters.Contains("caller");
        foreach (var name in code.Parameters.Skip(values.Count))
        {
            foundCaller |= name == "caller";
            values.Add(named.Remove(name, out var value) ? value : Missing.Value);
        }
        if (code.TakesCaller && !foundCaller)
            values.Add(named.Remove("caller", out var caller) && caller is not null ? caller
                : run.Undefined("No caller defined", name: "caller"));
        if (code.TakesNamed)
            values.Add(NamespaceValue.ToDict(named));
        else if (named.Count > 0)
            throw Unexpected(named);
        if (code.TakesRest)
            values.Add(new TupleValue([.. arguments.Positional.Skip(count)]));
        else if (arguments.Positional.Count > count)
            throw PythonError.Type($"macro {Representation.Of(code.Name)} takes not more than {count} argument(s)");
        return values;
    }

    private PythonError Unexpected(OrderedDictionary<string, object?> named) => PythonError.Type(named.ContainsKey("caller")
        ? $"macro {Representation.Of(code.Name)} was invoked with two values for the special caller argument. This is most likely a bug."
        : $"macro {Representation.Of(code.Name)} takes no keyword argument {Representation.Quote(named.GetAt(0).Key)}");

    public override void Represent(StringBuilder text) => text.Append("<Macro ")
        .Append(code.Name is null ? "anonymous" : Representation.Quote(code.Name)).Append('>');
}
