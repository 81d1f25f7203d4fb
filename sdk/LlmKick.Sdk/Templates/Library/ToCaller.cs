using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Library;

/// <summary>Values of a template as values of .NET.</summary>
internal static class ToCaller
{
    public static object? Value(object? value) => value switch
    {
        MarkupValue markup => markup.Text,
        DictValue dict => dict.Pairs.ToDictionary(pair => Representation.Text(pair.Key), pair => Value(pair.Value)),
        UndefinedValue undefined => undefined.IsTrue ? undefined : null,
        Values.Value { Items: { } items } => items.Select(Value).ToList(),
        Values.Value other => Representation.Text(other),
        _ => value,
    };
}
