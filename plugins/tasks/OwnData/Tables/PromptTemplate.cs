using System.Text.RegularExpressions;
using LlmKick.Sdk;

namespace LlmKick.OwnData.Tables;

/// <summary>A prompt with <c>{column}</c> where a row's text goes; <c>{{</c> and <c>}}</c> are braces.</summary>
internal static partial class PromptTemplate
{
    /// <summary>Writes the prompt of a row.</summary>
    /// <exception cref="LlmKickException">A column is not there.</exception>
    public static string Fill(string template, Row row) => Marks().Replace(template, mark => mark.Value switch
    {
        "{{" => "{",
        "}}" => "}",
        _ => row.Text(mark.Groups[1].Value),
    });

    [GeneratedRegex(@"\{\{|\}\}|\{([^{}]+)\}")]
    private static partial Regex Marks();
}
