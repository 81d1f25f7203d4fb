namespace LlmKick.Sdk.Templates.Values;

/// <summary>The methods of a type, by name.</summary>
/// <typeparam name="T">What they are methods of.</typeparam>
internal sealed class MethodTable<T>(string type)
{
    private readonly Dictionary<string, (Signature Signature, Func<T, object?[], object?> Body)> methods = [];

    /// <summary>Adds a method by its declaration, such as <c>split(sep=None, maxsplit=-1)</c>.</summary>
    public MethodTable<T> Add(string declaration, Func<T, object?[], object?> body)
    {
        methods[declaration[..declaration.IndexOf('(', StringComparison.Ordinal)]] = (new Signature($"{type}.{declaration}"), body);
        return this;
    }

    public bool Has(string name) => methods.ContainsKey(name);

    /// <summary>A method of one value; <see cref="Missing"/> where the type has none of that name.</summary>
    public object Find(T self, string name, Func<object?, object?>? wrap = null) => methods.TryGetValue(name, out var method)
        ? new FunctionValue(method.Signature, arguments => wrap is null ? method.Body(self, arguments) : wrap(method.Body(self, arguments)))
        : Missing.Value;
}
