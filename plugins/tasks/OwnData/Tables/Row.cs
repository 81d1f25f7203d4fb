using LlmKick.Sdk;

namespace LlmKick.OwnData.Tables;

/// <summary>A row of a user's file.</summary>
/// <param name="Place">File and line, for messages.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Columns">Each column's texts: one, or several where the file has a list.</param>
internal sealed record Row(string Place, int Line, IReadOnlyDictionary<string, IReadOnlyList<string>> Columns)
{
    private const string Separator = ", ";

    /// <summary>A column's texts.</summary>
    /// <exception cref="LlmKickException">There is no such column.</exception>
    public IReadOnlyList<string> List(string column) => Columns.TryGetValue(column, out var texts)
        ? texts
        : throw new LlmKickException($"{Place}: there is no column '{column}'; the columns are {string.Join(Separator, Columns.Keys)}.");

    /// <summary>A column's text; a list is joined by commas.</summary>
    /// <exception cref="LlmKickException">There is no such column.</exception>
    public string Text(string column) => string.Join(Separator, List(column));
}
