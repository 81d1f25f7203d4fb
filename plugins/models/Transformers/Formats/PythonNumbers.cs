using System.Text.RegularExpressions;

namespace LlmKick.Transformers.Formats;

/// <summary>Numbers that Python writes into JSON and JSON does not have: <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c> outside of texts
/// become texts.</summary>
internal static partial class PythonNumbers
{
    private const string Mark = "__python__";

    /// <summary>The text with such numbers as texts; the same text where there are none.</summary>
    public static string Quoted(string json) => Token().Replace(json, match => match.Value[0] == '"' ? match.Value : $"\"{match.Value}\"");

    /// <summary>The text with such numbers as texts that <see cref="Restored"/> knows again.</summary>
    public static string Marked(string json) => Token()
        .Replace(json, match => match.Value[0] == '"' ? match.Value : $"\"{Mark}{match.Value}\"");

    /// <summary>The text with marked numbers as Python writes them.</summary>
    public static string Restored(string json) => Marks().Replace(json, "$1");

    // A text is matched whole, so that what it says is not touched.
    [GeneratedRegex("""\"(?:[^"\\]|\\.)*\"|-?Infinity\b|NaN\b""", RegexOptions.Singleline)]
    private static partial Regex Token();

    [GeneratedRegex($"\"{Mark}(-?Infinity|NaN)\"")]
    private static partial Regex Marks();
}
