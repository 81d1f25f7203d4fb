using LlmKick.Harness.Python;
using LlmKick.Sdk;

namespace LlmKick.Harness.Rows;

/// <summary>A row of a split.</summary>
/// <param name="Place">File and number, for messages.</param>
/// <param name="Values">Its columns: null, bool, long, double, text, lists and maps of these.</param>
internal sealed record Row(string Place, OrderedDictionary<string, object?> Values)
{
    private string? json;

    /// <summary>Whether there is such a column.</summary>
    public bool Has(string column) => Values.ContainsKey(column);

    /// <summary>A column as text.</summary>
    public string Text(string column) => PythonText.Str(Of(column));

    /// <summary>A column that is a list.</summary>
    public IReadOnlyList<object?> List(string column) => Of(column) as IReadOnlyList<object?>
        ?? throw new LlmKickException($"{Place}: the column '{column}' is no list; mend the row.");

    /// <summary>The row as Python's <c>json</c> writes it with two blanks.</summary>
    public string Json => json ??= PythonText.Json(Values);

    private object? Of(string column) => Values.TryGetValue(column, out var value) ? value
        : throw new LlmKickException($"{Place}: there is no column '{column}'; the row has {string.Join(", ", Values.Keys)}.");
}
