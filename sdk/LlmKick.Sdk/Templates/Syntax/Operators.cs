namespace LlmKick.Sdk.Templates.Syntax;

/// <summary>The signs of expressions and the names of their tokens.</summary>
internal static class Operators
{
    public static Dictionary<string, string> ByText { get; } = new()
    {
        ["+"] = "add", ["-"] = "sub", ["/"] = "div", ["//"] = "floordiv", ["*"] = "mul", ["%"] = "mod", ["**"] = "pow", ["~"] = "tilde",
        ["["] = "lbracket", ["]"] = "rbracket", ["("] = "lparen", [")"] = "rparen", ["{"] = "lbrace", ["}"] = "rbrace",
        ["=="] = "eq", ["!="] = "ne", [">"] = "gt", [">="] = "gteq", ["<"] = "lt", ["<="] = "lteq",
        ["="] = "assign", ["."] = "dot", [":"] = "colon", ["|"] = "pipe", [","] = "comma", [";"] = "semicolon",
    };

    /// <summary>The longest operator that stands at a place; null where none does.</summary>
    public static string? At(string text, int position)
    {
        if (position + 1 < text.Length && ByText.ContainsKey(text.Substring(position, 2)))
            return text.Substring(position, 2);
        return ByText.ContainsKey(text[position].ToString()) ? text[position].ToString() : null;
    }
}
