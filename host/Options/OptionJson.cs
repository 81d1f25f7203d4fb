using System.Collections;
using System.Text.Json.Nodes;

namespace LlmKick.Options;

/// <summary>Options' values in JSON, as recipes write them.</summary>
internal static class OptionJson
{
    /// <summary>A bound value.</summary>
    public static JsonNode? Value(object? value) => value switch
    {
        null => null,
        bool b => b,
        int i => i,
        long l => l,
        double d => d,
        string s => s,
        JsonNode json => json.DeepClone(),
        Enum e => OptionScalar.Format(e),
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(Value)]),
        _ when OptionScalar.IsSupported(value.GetType()) => OptionScalar.Format(value),
        _ => Record(value, OptionSetReader.Read(value.GetType())),
    };

    /// <summary>What differs from the defaults, or the single value that says the same.</summary>
    private static JsonNode? Record(object record, OptionSet set)
    {
        var given = set.Options.Where(option => !Equals(option.Property.GetValue(record), option.Default)).ToList();
        return set.Alone is { } alone && given.TrueForAll(option => option == alone)
            ? Value(alone.Property.GetValue(record))
            : new JsonObject(given.Select(option => KeyValuePair.Create(option.Key, Value(option.Property.GetValue(record)))));
    }

    /// <summary>The words that can be given, or null where there are not just a few.</summary>
    public static IReadOnlyList<string>? Choices(OptionDescription option) =>
        option.ElementType.IsEnum ? OptionScalar.EnumNames(option.ElementType) : option.Facts.Choices;
}
