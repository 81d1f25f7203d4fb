using System.Globalization;
using System.Xml.Linq;
using LlmKick.Reports.Content;

namespace LlmKick.Reports.Html;

/// <summary>Answers side by side; the script shows those that are asked for.</summary>
internal static class ExampleSection
{
    /// <summary>The section, or null where no task has answers to show.</summary>
    public static XElement? Of(Report report) => report.Examples.Shown.Count == 0 ? null : Markup.Section("examples", "Examples",
        string.Create(CultureInfo.InvariantCulture, $"Answers of the dense model and of a variant to the same question: "
                + $"{report.Examples.Shown.Count:#,0} of {report.Examples.Pairs:#,0} pairs, ")
            + "drawn so that every kind of change of every variant and task has some; all are in the run's folder under samples/.",
        new XElement("div", new XAttribute("class", "controls"),
            new[] { ("task", "Task"), ("variant", "Variant"), ("flip", "What flipped") }.Select(Select)),
        new XElement("p", new XAttribute("id", "example-count"), new XAttribute("role", "status")),
        new XElement("div", new XAttribute("id", "example-list")),
        new XElement("button", new XAttribute("type", "button"), new XAttribute("id", "example-more"), new XAttribute("hidden", "hidden"),
            "Show more"),
        new XElement("noscript", new XElement("p", "Examples are shown by a script in this file, which is switched off.")));

    private static XElement Select((string Id, string Label) one) =>
        new("label", one.Label + " ", new XElement("select", new XAttribute("id", "filter-" + one.Id)));
}
