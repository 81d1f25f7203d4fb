using System.Collections;
using System.Text.Json.Nodes;

namespace LlmKick.Recipes;

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
        Enum e => OptionScalar.Format(e),
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(Value)]),
        _ => OptionScalar.Format(value),
    };

    /// <summary>The words that can be given, or null where there are not just a few.</summary>
    public static IReadOnlyList<string>? Choices(OptionDescription option) =>
        option.ElementType.IsEnum ? OptionScalar.EnumNames(option.ElementType) : option.Facts.Choices;
}
