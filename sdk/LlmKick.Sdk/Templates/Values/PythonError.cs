namespace LlmKick.Sdk.Templates.Values;

/// <summary>An error of the language that templates are written in, by its class there.</summary>
internal sealed class PythonError(string kind, string text, int? line = null) : Exception(text)
{
    private const string Jinja = "jinja2.exceptions.";

    public string Kind { get; } = kind;

    public int? Line { get; } = line;

    public static PythonError Type(string text) => new("TypeError", text);

    public static PythonError Value(string text) => new("ValueError", text);

    public static PythonError Overflow(string text) => new("OverflowError", text);

    public static PythonError ZeroDivision(string text) => new("ZeroDivisionError", text);

    public static PythonError Recursion() => new("RecursionError", "maximum recursion depth exceeded");

    public static PythonError Security(string text) => new(Jinja + "SecurityError", text);

    public static PythonError Undefined(string text) => new(Jinja + "UndefinedError", text);

    public static PythonError Runtime(string text) => new(Jinja + "TemplateRuntimeError", text);

    public static PythonError Argument(string text) => new(Jinja + "FilterArgumentError", text);

    public static PythonError Template(string text) => new(Jinja + "TemplateError", text);

    public static PythonError Syntax(string text, int line) => new(Jinja + "TemplateSyntaxError", text, line);

    public static PythonError Assertion(string text, int line) => new(Jinja + "TemplateAssertionError", text, line);

    /// <summary>The error with the line where it came up, unless it has one.</summary>
    public TemplateException At(int? line) => new(Kind, Message, Line ?? line, this);
}
