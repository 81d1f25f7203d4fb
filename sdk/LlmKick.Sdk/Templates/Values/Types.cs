using System.Numerics;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>What Python calls the types.</summary>
internal static class Types
{
    public static string Name(object? value) => value switch
    {
        null => "NoneType",
        bool => "bool",
        BigInteger => "int",
        double => "float",
        string => "str",
        Value other => other.TypeName,
        _ => throw new InvalidOperationException($"{value.GetType()} is no value of a template."),
    };

    public static string ObjectName(object? value) => value is null ? "None" : value is Value other ? other.ObjectName
        : Name(value) + " object";

    /// <summary>The text of a str or of markup; null for anything else.</summary>
    public static string? Text(object? value) => value as string ?? (value as MarkupValue)?.Text;

    public static bool IsTrue(object? value) => value switch
    {
        null => false,
        bool flag => flag,
        BigInteger number => !number.IsZero,
        double number => number != 0,
        string text => text.Length > 0,
        Value other => other.IsTrue,
        _ => true,
    };

    public static bool IsNumber(object? value) => value is bool or BigInteger or double;

    /// <summary>An integer, which a bool is too; null for anything else.</summary>
    public static BigInteger? Integer(object? value) => value is BigInteger number ? number
        : value is bool flag ? (flag ? BigInteger.One : BigInteger.Zero) : null;

    /// <summary>An argument that has to be an integer.</summary>
    public static BigInteger Index(object? value) => value is UndefinedValue missing
        && missing.Kind == UndefinedKind.Strict ? throw missing.Fault()
        : Integer(value) ?? throw PythonError.Type($"'{Name(value)}' object cannot be interpreted as an integer");

    /// <summary>Such an argument where only its first billions matter.</summary>
    public static int SmallIndex(object? value) => (int)BigInteger.Max(-int.MaxValue, BigInteger.Min(int.MaxValue, Index(value)));
}
