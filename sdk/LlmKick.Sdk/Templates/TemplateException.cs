namespace LlmKick.Sdk.Templates;

/// <summary>A template that cannot be read or rendered, or that refuses what it was given.</summary>
public sealed class TemplateException : LlmKickException
{
    internal TemplateException(string kind, string reason, int? line, Exception? inner = null)
        : base(Sentence(kind, reason, line), inner!) =>
        (Kind, Reason, Line) = (kind, reason, line);

    /// <summary>The class of the error in the reference, such as <c>jinja2.exceptions.UndefinedError</c> or <c>TypeError</c>.</summary>
    public string Kind { get; }

    /// <summary>The error's text as the reference gives it, or as the template itself raised it.</summary>
    public string Reason { get; }

    /// <summary>The line of the template, from 1; null where none is to blame.</summary>
    public int? Line { get; }

    private static string Sentence(string kind, string reason, int? line) =>
        $"{(line is null ? "The conversation cannot be rendered" : $"The template fails in line {line}")}: {reason} "
            + $"({kind[(kind.LastIndexOf('.') + 1)..]}).";
}
