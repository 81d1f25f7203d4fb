using System.Reflection;
using System.Text.Json.Nodes;
using LlmKick.Sdk.Options;

namespace LlmKick.Options;

/// <summary>One option of a component.</summary>
/// <param name="Key">Its recipe key, snake case.</param>
/// <param name="Property">The property it sets.</param>
/// <param name="Facts">Help, range and the like.</param>
/// <param name="ElementType">The scalar type: nullable and list wrappers taken off.</param>
/// <param name="IsList">Whether it takes a list.</param>
/// <param name="Default">Its default value; null where there is none.</param>
internal sealed record OptionDescription(string Key, PropertyInfo Property, OptionAttribute Facts, Type ElementType, bool IsList,
    object? Default)
{
    /// <summary>The options of the record that the option is; null where it is none.</summary>
    public OptionSet? Inner { get; init; }

    /// <summary>Whether it is a map of anything.</summary>
    public bool IsMap => ElementType == typeof(JsonObject);

    /// <summary>Whether a value is a name or a word where a path may stand.</summary>
    public bool IsName(object? value) => value is string text && (text == Facts.Word || (Facts.OrName && !Path.IsPathRooted(text)));
}
