using System.Text.Json.Nodes;
using System.Xml.Linq;
using LlmKick.Reports.Content;
using LlmKick.Reports.Wording;
using LlmKick.Runs.Results;
using LlmKick.Storage;

namespace LlmKick.Reports.Html;

/// <summary>What is needed to do the run again.</summary>
internal static class FactSection
{
    /// <summary>The section.</summary>
    public static XElement Of(Report report) => Markup.Section("facts", "Run facts",
        "Everything that the numbers follow from: with the same recipe, files and versions a run gives the same numbers.",
        report.Runs.Select(run => Facts(run, report.Runs.Count > 1)));

    private static XElement Facts(RunResults run, bool isNamed) => new("div",
        isNamed ? new XElement("h3", run.Name) : null,
        new XElement("dl", Rows(run)),
        new XElement("dl", new XAttribute("class", "varies"), Row("machine", Json.Of(run.Machine)),
            Row("seconds", Math.Round(run.Variants.Sum(variant => variant.Seconds), 1))),
        Markup.Details("The recipe as resolved",
            new XElement("pre", new XAttribute("tabindex", 0), run.Recipe.ToJsonString(RunJson.Document))));

    private static IEnumerable<XElement> Rows(RunResults run) =>
    [
        .. Row("model", Json.Of(run.Model)), .. Row("data", Json.Of(run.Data)), .. Row("compute", Json.Of(run.Compute)),
        .. Row("versions", Json.Of(run.Versions)),
        .. Notes(run).SelectMany(note => Row($"note on {note.Variants}", note.Words)),
        .. Fronts(run).SelectMany(front => Row($"begin-of-text {front.Task}", front.Words)),
        .. new JudgeSummary(run).Sentences().SelectMany(one => Row($"judge {one.Task}", one.Sentence)),
    ];

    /// <summary>What was told of how models were read and files written, each note once.</summary>
    private static IEnumerable<(string Variants, string Words)> Notes(RunResults run) =>
        from variant in run.Variants
        from note in (variant.ModelNotes ?? []).Concat(OfSaves(variant))
        group variant.Name by note into same
        let all = same.Count() == run.Variants.Count
        select (all && same.Count() > 1 ? "every variant" : string.Join(", ", same), same.Key);

    private static IEnumerable<string> OfSaves(VariantResults variant) =>
        from save in variant.Saved ?? []
        from note in save.Notes
        select $"saved as {save.Format}: {note}";

    /// <summary>What stood in front of each task's questions.</summary>
    private static IEnumerable<(string Task, string Words)> Fronts(RunResults run) =>
        from task in run.Tasks
        let fronts = run.Variants.SelectMany(variant => variant.Find(task.Name)?.BeginOfText ?? [])
            .Select(front => $"{front.Token}, put there by the {front.By}").Distinct().ToList()
        where fronts.Count > 0
        select (task.Name, string.Join("; ", fronts));

    private static IEnumerable<XElement> Row(string key, JsonNode? value) => value switch
    {
        null => [],
        JsonObject map => map.SelectMany(pair => Row($"{key} {pair.Key}", pair.Value)),
        _ => [new XElement("dt", key),
            new XElement("dd", value is JsonArray list ? string.Join(", ", list.Select(item => item?.ToString())) : value.ToString())],
    };
}
