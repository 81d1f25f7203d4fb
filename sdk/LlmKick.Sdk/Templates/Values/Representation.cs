using System.Globalization;
using System.Numerics;
using System.Text;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>Python's <c>repr</c> and <c>str</c>.</summary>
internal static class Representation
{
    /// <summary><c>str</c>.</summary>
    public static string Text(object? value)
    {
        if (value is string text)
            return text;
        if (value is not Value other)
            return Scalar(value);
        var builder = new StringBuilder();
        other.Print(builder);
        return builder.ToString();
    }

    /// <summary><c>repr</c>.</summary>
    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    public static void Append(StringBuilder text, object? value)
    {
        var before = text.Length;
        if (value is Value other)
            other.Represent(text);
        else
            text.Append(value is string one ? Quote(one) : Scalar(value));
        if (value is not SequenceValue and not DictValue)
            Evaluation.Text(text.Length - before);
    }

    /// <summary>A text between quotation marks, with escapes.</summary>
    public static string Quote(string text)
    {
        var mark = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var quoted = new StringBuilder(text.Length + 2).Append(mark);
        for (var i = 0; i < text.Length;)
        {
            var one = CodePoints.At(text, i);
            quoted.Append(Escape(one, mark));
            i += one.Length;
        }
        return quoted.Append(mark).ToString();
    }

    private static string Escape(string one, char mark) => one[0] switch
    {
        '\\' => @"\\",
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        var first when first == mark => "\\" + mark,
        >= ' ' and < '\x7f' => one,
        _ when Characters.IsPrintable(one, 0) => one,
        _ => Escape(CodePoints.Value(one)),
    };

    private static string Escape(int point) => point switch
    {
        < 0x100 => string.Create(CultureInfo.InvariantCulture, $"\\x{point:x2}"),
        < 0x10000 => string.Create(CultureInfo.InvariantCulture, $"\\u{point:x4}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"\\U{point:x8}"),
    };

    private static string Scalar(object? value) => value switch
    {
        null => "None",
        bool flag => flag ? "True" : "False",
        BigInteger number => NumberText.Of(number),
        double number => NumberText.Of(number),
        _ => throw new InvalidOperationException($"{value.GetType()} is no value of a template."),
    };
}
