using System.Text.Json.Nodes;
using System.Xml.Linq;
using LlmKick.Reports.Content;
using LlmKick.Reports.Wording;
using LlmKick.Storage;

namespace LlmKick.Reports.Html;

/// <summary>What is needed to do the run again.</summary>
internal static class FactSection
{
    /// <summary>The section.</summary>
    public static XElement Of(Report report) => Markup.Section("facts", "Run facts",
        "Everything that the numbers follow from: with the same recipe, files and versions a run gives the same numbers.",
        report.Run.Documents.Select(document => Document(document, report.Run.Documents.Count > 1)));

    private static XElement Document(JsonObject document, bool isNamed) => new("div",
        isNamed ? new XElement("h3", (string)document["name"]!) : null,
        new XElement("dl", Rows(document)),
        new XElement("dl", new XAttribute("class", "varies"), new[] { "machine" }.SelectMany(key => Row(key, document[key])),
            Row("seconds", Seconds(document))),
        Markup.Details("The recipe as resolved",
            new XElement("pre", new XAttribute("tabindex", 0), document["recipe"]!.ToJsonString(RunJson.Document))));

    private static IEnumerable<XElement> Rows(JsonObject document) => new[] { "model", "data", "compute", "versions" }
        .SelectMany(key => Row(key, document[key]))
        .Concat(Notes(document).SelectMany(note => Row($"note on {note.Variants}", note.Words)))
        .Concat(Fronts(document).SelectMany(front => Row($"begin-of-text {front.Task}", front.Words)))
        .Concat(new JudgeSummary(document).Sentences().SelectMany(one => Row($"judge {one.Task}", one.Sentence)));

    /// <summary>What was told of how models were read and files written, each note once.</summary>
    private static IEnumerable<(string Variants, string Words)> Notes(JsonObject document) =>
        from variant in document["variants"]!.AsArray()
        from note in (variant!["model_notes"]?.AsArray() ?? []).Select(note => (string)note!).Concat(OfSaves(variant!))
        group (string)variant["name"]! by note into same
        let all = same.Count() == document["variants"]!.AsArray().Count
        select (all && same.Count() > 1 ? "every variant" : string.Join(", ", same), same.Key);

    private static IEnumerable<string> OfSaves(JsonNode variant) =>
        from save in variant["saved"]?.AsArray() ?? []
        from note in save!["notes"]!.AsArray()
        select $"saved as {save["format"]}: {note}";

    /// <summary>What stood in front of each task's questions.</summary>
    private static IEnumerable<(string Task, string Words)> Fronts(JsonObject document) =>
        from task in document["tasks"]!.AsObject()
        let fronts = document["variants"]!.AsArray().SelectMany(variant => variant!["tasks"]![task.Key]?["begin_of_text"]?.AsArray() ?? [])
            .Select(front => $"{front!["token"]}, put there by the {front["by"]}").Distinct().ToList()
        where fronts.Count > 0
        select (task.Key, string.Join("; ", fronts));

    private static JsonValue Seconds(JsonObject document) =>
        JsonValue.Create(Math.Round(document["variants"]!.AsArray().Sum(variant => (double?)variant!["seconds"] ?? 0), 1));

    private static IEnumerable<XElement> Row(string key, JsonNode? value) => value switch
    {
        null => [],
        JsonObject map => map.SelectMany(pair => Row($"{key} {pair.Key}", pair.Value)),
        _ => [new XElement("dt", key),
            new XElement("dd", value is JsonArray list ? string.Join(", ", list.Select(item => item?.ToString())) : value.ToString())],
    };
}
