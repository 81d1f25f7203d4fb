using LlmKick.Reports.Comparisons;
using LlmKick.Reports.Content;
using LlmKick.Reports.Plots;
using LlmKick.Reports.Sections;
using LlmKick.Reports.Spreads;
using LlmKick.Terminals;

namespace LlmKick.Reports;

/// <summary>What a person is shown when a run ends: a table, a plot, and what follows from the numbers.</summary>
internal static class RunSummary
{
    // Sentences in longer lines are hard to read, however wide the terminal.
    private const int MostWidth = 100;

    /// <summary>Writes it to stdout.</summary>
    public static void Write(Report report, Terminal terminal)
    {
        foreach (var sentence in VariantNotes.Sentences(report.Run.Variants))
            terminal.Out.WriteLine(WordWrap.At(sentence, Math.Min(terminal.Width, MostWidth)));
        ResultsTable.Of(report.Run, terminal.Width).Write(terminal);
        if (SpreadTable.Of(report.Spreads) is { } table)
        {
            terminal.Out.WriteLine();
            table.Write(terminal);
        }
        if (ReferenceTable.Of(report.Run.References) is { } references)
        {
            terminal.Out.WriteLine();
            references.Write(terminal);
            terminal.Out.WriteLine(ReferenceTable.Sentence(report.Run.References)!);
        }
        if (SparsityPlot.Of(report.Comparisons) is { } plot)
        {
            terminal.Out.WriteLine();
            plot.Write(terminal);
        }
        foreach (var sentence in new Verdict(report.Comparisons).Sentences()
            .Concat(new JudgeSummary(report.Run).Sentences().Select(one => $"{one.Task}: {one.Sentence}")))
        {
            terminal.Out.WriteLine();
            terminal.Out.WriteLine(WordWrap.At(sentence, Math.Min(terminal.Width, MostWidth)));
        }
        foreach (var (_, section) in report.Sections)
            SectionText.Write(section, terminal, Math.Min(terminal.Width, MostWidth));
    }
}
