using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using LlmKick.Options;
using LlmKick.Sdk.Options;
using LlmKick.Terminals;

namespace LlmKick.Commands;

/// <summary>An option's facts in words and in JSON.</summary>
internal static class OptionText
{
    /// <summary>What can be given: <c>number 0…0.99</c>, <c>first, random</c>.</summary>
    public static string Values(OptionDescription option) => (option.IsList ? "list of " : "") + Scalar(option) + Range(option);

    /// <summary>The default; <c>required</c> where the option must be given.</summary>
    public static string Default(OptionDescription option) => option.Facts.Required ? "required" : Format(option.Default);

    /// <summary>The option for programs.</summary>
    public static JsonObject ToJson(OptionDescription option) => new()
    {
        ["name"] = option.Key,
        ["type"] = Kind(option),
        ["syntax"] = option.Facts.Syntax,
        ["list"] = option.IsList,
        ["choices"] = OptionJson.Choices(option) is { } choices
            ? new JsonArray([.. choices.Select(choice => JsonValue.Create(choice))]) : null,
        ["min"] = double.IsFinite(option.Facts.Min) ? option.Facts.Min : null,
        ["max"] = double.IsFinite(option.Facts.Max) ? option.Facts.Max : null,
        ["required"] = option.Facts.Required,
        ["default"] = OptionJson.Value(option.Default),
        ["help"] = option.Facts.Help,
    };

    private static string Scalar(OptionDescription option) =>
        OptionJson.Choices(option) is { } choices ? string.Join(", ", choices)
            : option.Inner is { } inner ? Inner(inner)
            : option.ElementType == typeof(bool) ? "true, false"
            : option.Facts.OrName ? $"name or {Kind(option)}"
            : option.Facts.Layout is not null ? $"{Kind(option)} or a data set's name"
            : option.Facts.Word is { } word ? $"{Kind(option)} or `{word}`"
            : option.Facts.Syntax ?? Kind(option);

    /// <summary>The keys of a record, and what may stand for it.</summary>
    private static string Inner(OptionSet set) =>
        (set.Alone is { } alone ? Scalar(alone) + ", or " : "") + $"{{ {string.Join(", ", set.Options.Select(option => option.Key))} }}";

    private static string Kind(OptionDescription option) => option.ElementType switch
    {
        _ when option.IsMap || option.Inner is not null => "map",
        _ when option.Facts.IsPath => option.Facts.PathKind == PathKind.Any ? "path" : OptionScalar.Format(option.Facts.PathKind),
        var type when type == typeof(bool) => "boolean",
        var type when type == typeof(int) || type == typeof(long) => "integer",
        var type when type == typeof(double) => "number",
        _ => "text",
    };

    private static string Range(OptionDescription option) => (double.IsFinite(option.Facts.Min), double.IsFinite(option.Facts.Max)) switch
    {
        (true, true) => FormattableString.Invariant($" {option.Facts.Min}…{option.Facts.Max}"),
        (true, false) => FormattableString.Invariant($" ≥ {option.Facts.Min}"),
        (false, true) => FormattableString.Invariant($" ≤ {option.Facts.Max}"),
        _ => "",
    };

    private static string Format(object? value) => value switch
    {
        null or "" => "",
        string text => Visible(text),
        JsonNode json => json.ToJsonString(),
        ICollection { Count: 0 } => "",
        IEnumerable list => "[" + string.Join(", ", list.Cast<object>().Select(item => Visible(OptionScalar.Format(item)))) + "]",
        _ when OptionScalar.IsSupported(value.GetType()) => OptionScalar.Format(value),
        var record => Format(Plain(OptionJson.Value(record))),
    };

    private static object? Plain(JsonNode? node) => node is JsonValue single ? (object)single.ToString() : node;

    /// <summary>As YAML would want it: in quotes where line breaks or outer spaces would get lost.</summary>
    private static string Visible(string text) =>
        text.Any(char.IsControl) || text != text.Trim() ? JsonSerializer.Serialize(text, Terminal.Plain) : text;
}
