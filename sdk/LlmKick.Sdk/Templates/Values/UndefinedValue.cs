using System.Text;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>A value that is not there, and knows what was looked for.</summary>
internal sealed class UndefinedValue(UndefinedKind kind, string? hint, object? owner, object? name, bool forbidden = false) : Value
{
    public UndefinedKind Kind => kind;

    public override string TypeName => kind switch
    {
        UndefinedKind.Strict => "StrictUndefined",
        UndefinedKind.Chainable => "ChainableUndefined",
        UndefinedKind.Debug => "DebugUndefined",
        _ => "Undefined",
    };

    public override string ObjectName => $"jinja2.runtime.{TypeName} object";

    public override bool IsTrue => Permit(false);

    public override int? Length => Permit(0);

    public override bool IsCallable => true;

    public override IEnumerable<object?> Items => Permit(Array.Empty<object?>());

    private bool IsStrict => kind == UndefinedKind.Strict;

    public static UndefinedValue Unsafe(string name, object? owner) =>
        new(Evaluation.Current.Options.Undefined, $"access to attribute {Representation.Quote(name)} of "
            + $"{Representation.Quote(Types.Name(owner))} object is unsafe.", owner, name, forbidden: true);

    /// <summary>The error of using it.</summary>
    public PythonError Fault() => forbidden ? PythonError.Security(Describe()) : PythonError.Undefined(Describe());

    public override object? Item(object? key) => kind == UndefinedKind.Chainable ? this : throw Fault();

    public override object? Attribute(string name)
    {
        if (name.StartsWith("__", StringComparison.Ordinal) && name.EndsWith("__", StringComparison.Ordinal))
            return Missing.Value;
        return kind == UndefinedKind.Chainable ? this : throw Fault();
    }

    public override object? Call(CallArguments arguments, Evaluation run) => throw Fault();

    public override bool Equals(Value other) => Permit(other is UndefinedValue value && value.Kind == kind);

    public override int Hash() => Permit(1);

    public override void Represent(StringBuilder text) => text.Append("Undefined");

    public override void Print(StringBuilder text) => text.Append(Permit(kind == UndefinedKind.Debug ? "{{ " + Expression() + " }}" : ""));

    private string Expression()
    {
        if (hint is not null)
            return "undefined value printed: " + hint;
        return owner is Missing ? Representation.Text(name) : $"no such element: {Types.ObjectName(owner)}[{Representation.Of(name)}]";
    }

    private T Permit<T>(T value) => IsStrict ? throw Fault() : value;

    private string Describe()
    {
        if (hint is not null)
            return hint;
        if (owner is Missing)
            return $"{Representation.Of(name)} is undefined";
        return name is string or MarkupValue
            ? $"{Representation.Quote(Types.ObjectName(owner))} has no attribute {Representation.Of(name)}"
            : $"{Types.ObjectName(owner)} has no element {Representation.Of(name)}";
    }
}
