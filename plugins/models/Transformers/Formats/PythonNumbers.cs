using System.Text.RegularExpressions;

namespace LlmKick.Transformers.Formats;

/// <summary>Numbers that Python writes into JSON and JSON does not have: <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c> outside of texts become texts.</summary>
internal static partial class PythonNumbers
{
    /// <summary>The text with such numbers as texts; the same text where there are none.</summary>
    public static string Quoted(string json) => Token().Replace(json, match => match.Value[0] == '"' ? match.Value : $"\"{match.Value}\"");

    // A text is matched whole, so that what it says is not touched.
    [GeneratedRegex("""\"(?:[^"\\]|\\.)*\"|-?Infinity\b|NaN\b""", RegexOptions.Singleline)]
    private static partial Regex Token();
}
