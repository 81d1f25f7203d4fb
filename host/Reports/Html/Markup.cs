using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace LlmKick.Reports.Html;

/// <summary>Makes HTML of elements.</summary>
internal static class Markup
{
    // What went wrong may be told in any characters, which must not keep the report from being written.
    private static readonly XmlWriterSettings Plain =
        new() { OmitXmlDeclaration = true, CheckCharacters = false, NewLineHandling = NewLineHandling.None };

    private static readonly HashSet<string> Void = ["br", "col", "hr", "img", "input", "meta"];

    /// <summary>The text of an element. An empty one keeps its end tag, which HTML wants of all but a few.</summary>
    public static string Text(XElement element)
    {
        foreach (var empty in element.DescendantsAndSelf()
            .Where(one => one.IsEmpty && one.Name.Namespace == XNamespace.None && !Void.Contains(one.Name.LocalName)))
            empty.Value = "";
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, Plain))
            element.Save(writer);
        return text.ToString();
    }

    /// <summary>A section with its heading and what explains it.</summary>
    public static XElement Section(string id, string title, string explanation, params object?[] content) => new(
        "section", new XAttribute("id", id), new XAttribute("aria-labelledby", id + "-title"),
        new XElement("h2", new XAttribute("id", id + "-title"), title),
        new XElement("p", new XAttribute("class", "note"), explanation), content);

    /// <summary>A table that scrolls by itself where it is too wide, with the keyboard too.</summary>
    public static XElement Table(string caption, IEnumerable<string> headings, IEnumerable<XElement> rows) => new(
        "div", new XAttribute("class", "scroll"), new XAttribute("tabindex", 0), new XAttribute("role", "region"),
        new XAttribute("aria-label", caption),
        new XElement("table", new XElement("caption", caption),
            new XElement("thead",
                new XElement("tr", headings.Select(heading => new XElement("th", new XAttribute("scope", "col"), heading)))),
            new XElement("tbody", rows)));

    /// <summary>A row whose first cell names it.</summary>
    public static XElement Row(string name, IEnumerable<XElement> cells) =>
        new("tr", new XElement("th", new XAttribute("scope", "row"), name), cells);

    /// <summary>A cell.</summary>
    public static XElement Cell(object content) => new("td", content);

    /// <summary>A part that is folded away until it is opened; open on paper.</summary>
    public static XElement Details(string summary, params object?[] content) => new("details", new XElement("summary", summary), content);
}
