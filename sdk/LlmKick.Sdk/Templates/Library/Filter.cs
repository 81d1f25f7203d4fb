using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Library;

/// <summary>A filter or a test: a function of a value and arguments.</summary>
internal sealed class Filter(string declaration, Func<object?[], Evaluation, object?> body)
{
    private readonly Signature signature = new(declaration);

    public Filter(string declaration, Func<object?[], object?> body) : this(declaration, (arguments, _) => body(arguments)) { }

    public object? Apply(CallArguments arguments, Evaluation run)
    {
        Evaluation.Step();
        return body(signature.Bind(arguments), run);
    }
}
