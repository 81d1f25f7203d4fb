using System.Collections;
using System.Numerics;
using System.Text.Json;
using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Library;

/// <summary>Values of .NET as values of a template.</summary>
internal static class FromCaller
{
    public static object? Value(object? value) => value switch
    {
        null or bool or BigInteger or double or string or Values.Value => value,
        JsonElement json => JsonValues.Read(json),
        sbyte or byte or short or ushort or int or uint or long => new BigInteger(Convert.ToInt64(value, null)),
        ulong number => new BigInteger(number),
        float number => (double)number,
        decimal number => (double)number,
        IDictionary dictionary => Map(dictionary.Keys.Cast<object?>().Select(key => (key, dictionary[key!]))),
        IEnumerable<KeyValuePair<string, object?>> pairs => Map(pairs.Select(pair => ((object?)pair.Key, pair.Value))),
        IEnumerable items => new ListValue(items.Cast<object?>().Select(Value)),
        _ => throw new ArgumentException($"A template cannot be given a value of the type {value.GetType()}."),
    };

    private static DictValue Map(IEnumerable<(object? Key, object? Value)> pairs)
    {
        var dict = new DictValue();
        foreach (var (key, value) in pairs)
            dict[Value(key)] = Value(value);
        return dict;
    }
}
