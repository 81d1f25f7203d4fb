using System.Xml.Linq;
using LlmKick.Reports.Comparisons;
using LlmKick.Reports.Content;
using LlmKick.Reports.Wording;

namespace LlmKick.Reports.Html;

/// <summary>The page's head: its name, what follows from the numbers, and where to find what.</summary>
internal static class PageHead
{
    /// <summary>The head.</summary>
    public static XElement Of(Report report, IEnumerable<XElement> sections)
    {
        var models = report.Runs.Select(run => run.Model.Name).Distinct();
        return new XElement("header",
            new XElement("h1", report.Run.Name),
            new XElement("p", $"What compressing {string.Join(" and ", models.Select(model => $"‘{model}’"))} cost: "
                + $"{Count(report.Run.Variants.Count, "variant")}, {Count(report.Run.Tasks.Count, "task")}."),
            VariantNotes.Sentences(report.Run.Variants).Concat(new Verdict(report.Comparisons).Sentences())
                .Select(sentence => new XElement("p", new XAttribute("class", "finding"), sentence)),
            new XElement("nav", new XAttribute("aria-label", "Sections"), new XElement("ul", sections.Select(Link))));
    }

    private static string Count(int number, string what) => $"{DisplayText.Index(number)} {what}{(number == 1 ? "" : "s")}";

    private static XElement Link(XElement section) =>
        new("li", new XElement("a", new XAttribute("href", "#" + section.Attribute("id")!.Value), section.Element("h2")!.Value));
}
