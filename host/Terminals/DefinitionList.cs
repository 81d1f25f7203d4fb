using Spectre.Console;

namespace LlmKick.Terminals;

/// <summary>Terms and what they mean on stdout, in two columns; a pipe gets one line a term.</summary>
internal sealed class DefinitionList
{
    private const int Gap = 2;
    private readonly List<(string Term, string Meaning, bool IsHead)> entries = [];

    /// <summary>Adds a term that others follow.</summary>
    public void AddHead(string term, string meaning) => entries.Add((term, meaning, true));

    /// <summary>Adds a term below the last head.</summary>
    public void Add(string term, string meaning) => entries.Add(("  " + term, meaning, false));

    /// <summary>Writes the list.</summary>
    public void Write(Terminal terminal)
    {
        if (entries.Count == 0)
            return;
        var indent = entries.Max(entry => entry.Term.Length) + Gap;
        var width = Math.Max(terminal.TextWidth - indent, 20);
        foreach (var (term, meaning, isHead) in entries)
        {
            if (isHead && terminal.IsOutRich)
                terminal.RichOut.Write(new Text(term, new Style(decoration: Decoration.Bold)));
            else
                terminal.Out.Write(term);
            terminal.Out.WriteLine(new string(' ', indent - term.Length) + WordWrap.At(meaning, width, indent));
        }
    }
}
