using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;

namespace LlmKick.Options;

/// <summary>The scalar values of options: which types there are, how they are read and written.</summary>
internal static class OptionScalar
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>Whether options can be of a type.</summary>
    public static bool IsSupported(Type type) =>
        type.IsEnum || type == typeof(bool) || type == typeof(int) || type == typeof(long) || type == typeof(double)
            || type == typeof(string) || IsParsable(type);

    /// <summary>A number without the zeros that stand before it; null where it has none. Readers of YAML differ on <c>010</c>: to some it
    /// is octal, 8.</summary>
    public static string? WithoutLeadingZeros(string text)
    {
        var sign = text.AsSpan().StartsWith("-") || text.AsSpan().StartsWith("+") ? text[..1] : "";
        return text[sign.Length..] is ['0', >= '0' and <= '9', ..] digits && double.TryParse(digits, NumberStyles.Float, Culture, out _)
            ? sign + (digits.TrimStart('0') is [>= '0' and <= '9', ..] rest ? rest : "0" + digits.TrimStart('0')) : null;
    }

    /// <summary>Reads a value as recipes write it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="type">The wanted type.</param>
    /// <param name="value">The value.</param>
    /// <param name="wanted">What would have been right, where it is wrong.</param>
    public static bool TryParse(string text, Type type, [NotNullWhen(true)] out object? value, out string wanted)
    {
        (value, wanted) = type switch
        {
            _ when type == typeof(string) => (text, ""),
            _ when type == typeof(bool) => (text switch { "true" or "True" or "TRUE" => true, "false" or "False" or "FALSE" => false,
                _ => (object?)null }, "true or false"),
            _ when type == typeof(int) =>
                (int.TryParse(text, NumberStyles.AllowLeadingSign, Culture, out var i) ? i : null, "a whole number"),
            _ when type == typeof(long) =>
                (long.TryParse(text, NumberStyles.AllowLeadingSign, Culture, out var l) ? l : null, "a whole number"),
            _ when type == typeof(double) =>
                (double.TryParse(text, NumberStyles.Float, Culture, out var d) && double.IsFinite(d) ? d : null, "a number"),
            _ when type.IsEnum => (EnumValue(text, type), "one of " + string.Join(", ", EnumNames(type))),
            _ => ParseParsable(text, type),
        };
        return value is not null;
    }

    /// <summary>Writes a value as recipes do.</summary>
    public static string Format(object value) => value switch
    {
        bool b => b ? "true" : "false",
        Enum e => OptionSetReader.SnakeCase(e.ToString()),
        IFormattable f => f.ToString(null, Culture),
        _ => value.ToString()!,
    };

    /// <summary>An enum's values as recipes write them.</summary>
    public static IReadOnlyList<string> EnumNames(Type type) => [.. Enum.GetNames(type).Select(OptionSetReader.SnakeCase)];

    private static object? EnumValue(string text, Type type)
    {
        var name = Enum.GetNames(type).FirstOrDefault(name => OptionSetReader.SnakeCase(name) == text);
        return name is null ? null : Enum.Parse(type, name);
    }

    private static bool IsParsable(Type type) =>
        type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IParsable<>));

    private static (object? Value, string Wanted) ParseParsable(string text, Type type)
    {
        var parse = type.GetMethod("Parse", BindingFlags.Public | BindingFlags.Static, [typeof(string), typeof(IFormatProvider)]);
        try
        {
            return (parse!.Invoke(null, [text, Culture]), "");
        }
        catch (TargetInvocationException failure) when (failure.InnerException is { } cause)
        {
            return (null, cause.Message);
        }
    }
}
