using System.Globalization;
using System.Numerics;
using System.Text.Json;
using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Library;

/// <summary>JSON as Python reads it: <c>1.0</c> is a float, <c>1</c> an integer of any size.</summary>
internal static class JsonValues
{
    /// <summary>The value of an element. A text that cannot be read is an error of the request.</summary>
    public static object? Read(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => Text(json),
        JsonValueKind.Number => Number(json.GetRawText()),
        JsonValueKind.Array => new ListValue(json.EnumerateArray().Select(Read)),
        _ => Object(json),
    };

    private static string Text(JsonElement json)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw PythonError.Value("A text of the request has half a surrogate pair.");
        }
    }

    private static object Number(string text)
    {
        if (text.AsSpan().ContainsAny("eE."))
            return double.Parse(text, CultureInfo.InvariantCulture);
        return NumberText.ParseInteger(text, 10) is { } number ? number : BigInteger.Zero;
    }

    private static DictValue Object(JsonElement json)
    {
        var dict = new DictValue();
        foreach (var property in json.EnumerateObject())
            dict[property.Name] = Read(property.Value);
        return dict;
    }
}
