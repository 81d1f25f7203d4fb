using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Syntax;

/// <summary>A token, its type named as in Jinja, whose messages use these names.</summary>
internal readonly record struct Token(int Line, string Type, string Text, object? Value = null)
{
    private static readonly Dictionary<string, string> Signs = Operators.ByText.ToDictionary(pair => pair.Value, pair => pair.Key);

    private static readonly Dictionary<string, string> Words = new()
    {
        ["block_begin"] = "begin of statement block",
        ["block_end"] = "end of statement block",
        ["variable_begin"] = "begin of print statement",
        ["variable_end"] = "end of print statement",
        ["data"] = "template data / text",
        ["eof"] = "end of template",
    };

    /// <summary>Whether this is the token that an expression such as <c>comma</c> or <c>name:endfor</c> names.</summary>
    public bool Is(string expression)
    {
        var colon = expression.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? Type == expression : Type == expression[..colon] && Text == expression[(colon + 1)..];
    }

    public string Describe() => Type == "name" ? Text : DescribeType(Type);

    public static string DescribeExpression(string expression) =>
        expression.StartsWith("name:", StringComparison.Ordinal) ? expression[5..] : DescribeType(expression);

    public static string Quoted(string text) => Representation.Quote(text);

    private static string DescribeType(string type) => Signs.GetValueOrDefault(type) ?? Words.GetValueOrDefault(type) ?? type;
}
