using System.Text;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>A function or method of the language itself.</summary>
internal sealed class FunctionValue(Signature signature, Func<object?[], object?> body, string typeName = "builtin_function_or_method",
    string? shown = null) : Value
{
    public string Name => signature.Name;

    public override string TypeName => typeName;

    public override bool IsCallable => true;

    public override object? Call(CallArguments arguments, Evaluation run) => body(signature.Bind(arguments));

    public override void Represent(StringBuilder text) =>
        text.Append(shown ?? $"<built-in method {signature.Name[(signature.Name.LastIndexOf('.') + 1)..]}>");
}
