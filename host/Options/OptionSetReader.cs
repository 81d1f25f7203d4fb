using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using LlmKick.Sdk;
using LlmKick.Sdk.Options;

namespace LlmKick.Options;

/// <summary>Reads the options that an options record describes with <see cref="OptionAttribute"/>.</summary>
internal static class OptionSetReader
{
    private static readonly ConcurrentDictionary<Type, OptionSet> Cache = new();

    /// <summary>Reads a record's options.</summary>
    /// <param name="type">A class with a parameterless constructor.</param>
    /// <exception cref="LlmKickException">The record has an option that recipes cannot give.</exception>
    public static OptionSet Read(Type type) => Cache.GetOrAdd(type, Describe);

    /// <summary>A name of .NET as recipes write it: <c>BlockSize</c> → <c>block_size</c>.</summary>
    public static string SnakeCase(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private static OptionSet Describe(Type type)
    {
        var defaults = Activator.CreateInstance(type)!;
        var options = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.IsDefined(typeof(OptionAttribute)))
            .OrderByDescending(property => property.GetCustomAttribute<OptionAttribute>()!.Required)
            .ThenBy(property => Depth(property.DeclaringType!)).ThenBy(property => property.MetadataToken)
            .Select(property => Describe(property, defaults));
        return new OptionSet(type, [.. options]);
    }

    private static OptionDescription Describe(PropertyInfo property, object defaults)
    {
        var isList = property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);
        var element = isList ? property.PropertyType.GetGenericArguments()[0] : property.PropertyType;
        element = Nullable.GetUnderlyingType(element) ?? element;
        var inner = IsRecord(element) && !isList ? Read(element) : null;
        if ((!OptionScalar.IsSupported(element) && inner is null && (element != typeof(JsonObject) || isList))
            || property.SetMethod is null)
            throw new LlmKickException(
                $"The option '{property.DeclaringType!.Name}.{property.Name}' cannot be given in recipes: it must have an init accessor "
                    + $"and be a bool, number, string, enum, IParsable or an IReadOnlyList of one, a record of options, or a JsonObject.");
        var facts = property.GetCustomAttribute<OptionAttribute>()!;
        return new OptionDescription(SnakeCase(property.Name), property, facts, element, isList, facts.Required ? null
            : property.GetValue(defaults)) { Inner = inner };
    }

    private static bool IsRecord(Type type) => type.IsClass && type.GetConstructor([]) is not null
        && type.GetProperties().Any(property => property.IsDefined(typeof(OptionAttribute)));

    private static int Depth(Type type) => type.BaseType is { } parent ? 1 + Depth(parent) : 0;
}
