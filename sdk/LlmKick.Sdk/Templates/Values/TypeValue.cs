using System.Text;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>A global that makes values: <c>range</c>, <c>dict</c>, <c>namespace</c> and the like.</summary>
internal sealed class TypeValue(string shown, string typeName, Func<CallArguments, object?> make, Func<string, object?>? attributes = null)
    : Value
{
    public override string TypeName => typeName;

    public override bool IsCallable => true;

    public override object? Attribute(string name) => attributes?.Invoke(name) ?? Missing.Value;

    public override object? Call(CallArguments arguments, Evaluation run) => make(arguments);

    public override void Represent(StringBuilder text) => text.Append(shown);
}
