using System.Text;
using System.Text.Json;
using LlmKick.Sdk;

namespace LlmKick.Harness.Rows;

/// <summary>Reads JSON: one object a line, a list of them, or what a key of the whole holds.</summary>
internal static class JsonRows
{
    /// <summary>Reads a file's rows.</summary>
    /// <param name="path">The file.</param>
    /// <param name="field">The key that holds the rows, or null.</param>
    /// <exception cref="LlmKickException">It is no such file.</exception>
    public static List<OrderedDictionary<string, object?>> Read(string path, string? field)
    {
        var bytes = File.ReadAllBytes(path).AsSpan();
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = 256 });
        var values = new List<object?>();
        try
        {
            while (reader.Read())
                values.Add(Value(ref reader));
        }
        catch (JsonException fault)
        {
            // What is cut off ends at its last text, not at the blank lines behind it.
            var line = Math.Min((fault.LineNumber ?? 0) + 1, bytes.TrimEnd("\r\n\t "u8).Count((byte)'\n') + 1);
            throw new LlmKickException($"{path}:{line}: this is no JSON ({fault.Message.Split('.')[0]}); mend the line.", fault);
        }
        return Rows(path, field is null ? values : [Field(path, field, values)]);
    }

    private static object? Field(string path, string field, List<object?> values) =>
        values is [IReadOnlyDictionary<string, object?> map] && map.TryGetValue(field, out var rows) ? rows
            : throw new LlmKickException(
                $"{path}: there is no key '{field}' (the task's `field`) in it; name the one that holds the rows.");

    private static List<OrderedDictionary<string, object?>> Rows(string path, List<object?> values)
    {
        if (values is [IReadOnlyList<object?> list])
            values = [.. list];
        var strange = values.FindIndex(value => value is not OrderedDictionary<string, object?>);
        return strange < 0 ? values.ConvertAll(value => (OrderedDictionary<string, object?>)value!)
            : throw new LlmKickException($"{path}: row {strange} is no object of columns; give one object a row.");
    }

    private static object? Value(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.GetString();
            case JsonTokenType.Number:
                return reader.TryGetInt64(out var whole) ? (object)whole : reader.GetDouble();
            case JsonTokenType.True or JsonTokenType.False:
                return reader.GetBoolean();
            case JsonTokenType.StartArray:
                var list = new List<object?>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    list.Add(Value(ref reader));
                return list;
            case JsonTokenType.StartObject:
                var map = new OrderedDictionary<string, object?>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var key = reader.GetString()!;
                    reader.Read();
                    map[key] = Value(ref reader);
                }
                return map;
            default:
                return null;
        }
    }
}
