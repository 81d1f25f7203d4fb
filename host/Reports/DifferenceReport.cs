using System.Text.Json.Nodes;
using LlmKick.Reports.Comparisons;
using LlmKick.Reports.Wording;
using LlmKick.Storage;
using LlmKick.Terminals;

namespace LlmKick.Reports;

/// <summary>Shows what differs between two runs.</summary>
internal static class DifferenceReport
{
    /// <summary>The document's format.</summary>
    public const string Format = "llmkick/comparison@1";

    private const int ShownIds = 10;

    /// <summary>The document, with the ids of all samples that changed.</summary>
    public static JsonObject Document(IReadOnlyList<RunDifference> differences, IReadOnlyList<NotCompared> missing) => new()
    {
        ["format"] = Format,
        ["comparisons"] = Json.List(differences, one =>
        {
            var node = new JsonObject { ["variant"] = one.Comparison.Variant, ["task"] = one.Comparison.Task,
                ["before"] = Json.Of(one.Comparison.Dense), ["after"] = Json.Of(one.Comparison.Value) };
            foreach (var (key, value) in Json.Of(ComparedResults.Of(one.Comparison))!.AsObject())
                node[key] = value?.DeepClone();
            node["other_metrics"] = Json.Map(one.Others, other => other.After.Name,
                other => new JsonObject { ["before"] = Json.Of(other.Before), ["after"] = Json.Of(other.After) });
            node["samples"] = Json.Map(one.Flips, flip => Json.Of(flip.Key)!.ToString(), flip => Json.List(flip.Value, id => id));
            return node;
        }),
        ["not_compared"] = Json.List(missing, one => new JsonObject { ["variant"] = one.Variant, ["task"] = one.Task, ["why"] = one.Why }),
    };

    /// <summary>The table, then the first samples that changed, then what could not be compared.</summary>
    public static void Write(IReadOnlyList<RunDifference> differences, IReadOnlyList<NotCompared> missing, Terminal terminal)
    {
        var table = new TextTable("variant", "task", "metric", "A", "B", "B of A", "right→wrong", "wrong→right", "other wrong",
            "p, corrected");
        foreach (var one in differences.Select(difference => difference.Comparison))
            table.Add(one.Variant, one.Task, one.Metric, DisplayText.Number(one.Dense), DisplayText.Number(one.Value),
                $"{DisplayText.Kept(one)} {DisplayText.Interval(one)}",
                DisplayText.Index(one.Lost), DisplayText.Index(one.Won), DisplayText.Index(one.OtherWrong), DisplayText.Chance(one.P));
        table.Write(terminal);
        foreach (var difference in differences)
            foreach (var (flip, ids) in difference.Flips.Where(flip => flip.Key <= Comparisons.Flip.WrongToOtherWrong))
                terminal.Out.WriteLine($"{difference.Comparison.Variant}/{difference.Comparison.Task}, {FlipNames.Of(flip)}: "
                    + $"{string.Join(", ", ids.Take(ShownIds))}"
                    + $"{(ids.Count > ShownIds ? $" and {DisplayText.Index(ids.Count - ShownIds)} more (--json names all)" : "")}");
        foreach (var difference in differences.Where(difference => difference.Others.Count > 0))
            terminal.Out.WriteLine($"{difference.Comparison.Variant}/{difference.Comparison.Task}: of the same samples, and therefore not "
                + "tested again: " + string.Join(", ", difference.Others.Select(other =>
                    $"{other.After.Name} {DisplayText.Number(other.Before.Value)} → {DisplayText.Number(other.After.Value)}")) + ".");
        foreach (var note in IntervalNotes.Unpaired(differences.Select(difference => difference.Comparison)))
            terminal.Out.WriteLine(note);
        foreach (var one in missing)
            terminal.Out.WriteLine(one.Sentence);
    }
}
