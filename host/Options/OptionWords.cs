using System.Globalization;

namespace LlmKick.Options;

/// <summary>What an option takes, in words.</summary>
internal static class OptionWords
{
    /// <summary>One value: <c>a number from 0 to 0.99</c>, <c>one of first, random</c>.</summary>
    public static string Wanted(OptionDescription option) =>
        OptionJson.Choices(option) is { } choices ? "one of " + string.Join(", ", choices)
            : (option.Facts.Syntax ?? Kind(option.ElementType)) + Range(option);

    /// <summary>Whether a type is one of the plain ones, which need no example.</summary>
    public static bool IsPlain(Type type) => type.IsPrimitive || type == typeof(string);

    private static string Kind(Type type) => type switch
    {
        _ when !OptionScalar.IsSupported(type) => "a map",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(int) || type == typeof(long) => "a whole number",
        _ when type == typeof(double) => "a number",
        _ when type == typeof(string) => "text",
        _ => $"an {OptionSetReader.SnakeCase(type.Name).Replace('_', ' ')}",
    };

    private static string Range(OptionDescription option) => (double.IsFinite(option.Facts.Min), double.IsFinite(option.Facts.Max)) switch
    {
        (true, true) => $" from {Number(option.Facts.Min)} to {Number(option.Facts.Max)}",
        (true, false) => $" of at least {Number(option.Facts.Min)}",
        (false, true) => $" of at most {Number(option.Facts.Max)}",
        _ => "",
    };

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
