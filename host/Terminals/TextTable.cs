using Spectre.Console;

namespace LlmKick.Terminals;

/// <summary>A table on stdout: with borders on a terminal, in plain columns elsewhere.</summary>
/// <param name="headings">The columns' headings.</param>
internal sealed class TextTable(params string[] headings)
{
    private readonly List<string[]> rows = [];

    /// <summary>Characters in its longest line, borders included.</summary>
    public int Width => ColumnWidths().Sum(width => width + 3) + 1;

    /// <summary>Adds a row with one cell a column.</summary>
    public void Add(params string[] cells) => rows.Add(cells);

    /// <summary>Writes the table.</summary>
    public void Write(Terminal terminal)
    {
        if (terminal.IsOutRich)
            terminal.RichOut.Write(ToRich());
        else
            WritePlain(terminal.Out);
    }

    private Table ToRich()
    {
        var table = new Table { Border = TableBorder.Rounded };
        foreach (var heading in headings)
            table.AddColumn(new TableColumn(new Text(heading, new Style(decoration: Decoration.Bold))));
        foreach (var row in rows)
            table.AddRow(row.Select(cell => new Text(cell)));
        return table;
    }

    /// <summary>Writes the table in plain columns.</summary>
    public void WritePlain(TextWriter writer)
    {
        var widths = ColumnWidths();
        foreach (var line in rows.Prepend(headings))
            writer.WriteLine(string.Join("  ", line.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }

    private int[] ColumnWidths() =>
        [.. headings.Select((heading, column) => rows.Select(row => row[column].Length).Append(heading.Length).Max())];
}
