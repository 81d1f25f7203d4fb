namespace LlmKick.Tests.Documentation;

/// <summary>The README's table of formats to save in, made from what the built plugins write.</summary>
internal static class FormatTable
{
    public static IEnumerable<string> Lines() =>
        ["| format | what it is | types |", "|---|---|---|", .. ComponentTable.Catalog().Formats.Select(writer => writer.Format)
        .Select(format => $"| `{format.Name}` | {format.Help} | {string.Join(", ", format.Types)} |")];
}
