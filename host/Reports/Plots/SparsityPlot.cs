using LlmKick.Reports.Comparisons;
using LlmKick.Terminals;
using Spectre.Console;

namespace LlmKick.Reports.Plots;

/// <summary>Small plots side by side, one a task: how much of the dense model's score each method keeps as sparsity grows.</summary>
internal sealed class SparsityPlot
{
    private const int NarrowestPanel = 30;
    private const int WidestPanel = 58;
    private const string Gap = "  ";
    private static readonly Color[] Colors = [Color.Green, Color.Blue, Color.Fuchsia, Color.Olive, Color.Teal, Color.Red];

    private readonly IReadOnlyList<Series> methods;
    private readonly IReadOnlyList<Panel> panels;

    private SparsityPlot(IReadOnlyList<Series> methods, IReadOnlyList<Panel> panels) => (this.methods, this.panels) = (methods, panels);

    /// <summary>The plot of a run; null where no method was tried at two sparsities.</summary>
    public static SparsityPlot? Of(IReadOnlyList<Comparison> comparisons)
    {
        var methods = comparisons.GroupBy(one => one.Method).Where(group => group.Select(one => one.Sparsity).Distinct().Count() > 1)
            .Select(group => group.Key).ToList();
        if (methods.Count == 0 || methods.Count > Colors.Length)
            return null;
        var marks = Marks(methods);
        var panels = comparisons.GroupBy(one => one.Task).Select(task => new Panel(
            Title(task.First()),
            [.. methods.Select(method => new Series(method, marks[method],
                [(0, 1), .. task.Where(one => one.Method == method).Select(one => (one.Sparsity, one.Ratio))]))],
            isLogarithmic: !task.First().HigherIsBetter)).ToList();
        return new SparsityPlot([.. methods.Select(method => new Series(method, marks[method], []))], panels);
    }

    /// <summary>Writes the plot.</summary>
    public void Write(Terminal terminal)
    {
        var across = terminal.Width >= 2 * NarrowestPanel + Gap.Length ? 2 : 1;
        var width = Math.Min(WidestPanel, (terminal.Width - Gap.Length * (across - 1)) / across);
        foreach (var row in panels.Chunk(across))
        {
            var drawn = row.Select(panel => panel.Draw(width)).ToList();
            for (var line = 0; line < drawn[0].Count; line++)
                WriteLine(terminal, string.Join(Gap, drawn.Select(panel => panel[line])).TrimEnd(), isPlot: line > 0);
        }
        WriteLine(terminal, string.Join("   ", methods.Select(method => $"{method.Mark} {method.Name}").Append("* several")
            .Append("· dense")) + "   against sparsity", isPlot: false);
    }

    private void WriteLine(Terminal terminal, string line, bool isPlot)
    {
        if (!terminal.IsOutRich)
            terminal.Out.WriteLine(line);
        else
            terminal.RichOut.Write(Paint(line, isPlot));
    }

    private Paragraph Paint(string line, bool isPlot)
    {
        var painted = new Paragraph();
        foreach (var letter in line)
            painted.Append(letter.ToString(), isPlot && Place(letter) is { } place ? new Style(Colors[place]) : Style.Plain);
        return painted.Append("\n");
    }

    private int? Place(char letter) => Enumerable.Range(0, methods.Count).Where(i => methods[i].Mark == letter).Select(i => (int?)i)
        .FirstOrDefault();

    private static string Title(Comparison one) => one.HigherIsBetter ? $"{one.Task}: {one.Metric}, share kept"
        : $"{one.Task}, times dense";

    /// <summary>The first letter of each name that no other has taken.</summary>
    private static Dictionary<string, char> Marks(IEnumerable<string> methods)
    {
        var marks = new Dictionary<string, char>();
        foreach (var method in methods)
            marks.Add(method, method.Concat("abcdefghijklmnopqrstuvwxyz")
                .First(letter => char.IsAsciiLetter(letter) && !marks.ContainsValue(letter)));
        return marks;
    }
}
