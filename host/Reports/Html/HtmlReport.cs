using System.Text;
using System.Xml.Linq;
using LlmKick.Reports.Content;
using LlmKick.Storage;

namespace LlmKick.Reports.Html;

/// <summary>Writes a report as one file that needs nothing else: no network, no script but its own.</summary>
internal static class HtmlReport
{
    /// <summary>Writes the file.</summary>
    /// <exception cref="StorageException">It cannot be written.</exception>
    public static void Write(string path, Report report) => RunFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        Write(writer, report);
    });

    /// <summary>Writes the document.</summary>
    public static void Write(TextWriter writer, Report report)
    {
        writer.WriteLine("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
            + "content=\"width=device-width, initial-scale=1\">");
        writer.WriteLine("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src "
            + "'unsafe-inline'; img-src data:\">");
        writer.WriteLine(Markup.Text(new XElement("title", $"{report.Run.Name}: what compression cost")));
        writer.WriteLine($"<style>\n{Asset.Read("report.css")}</style>\n</head>\n<body>");
        foreach (var part in Parts(report))
            writer.WriteLine(Markup.Text(part));
        writer.WriteLine($"<script type=\"application/json\" id=\"examples-data\">{ExampleData.Of(report.Examples)}</script>");
        writer.WriteLine($"<script>\n{Asset.Read("report.js")}</script>\n</body>\n</html>");
    }

    private static IEnumerable<XElement> Parts(Report report)
    {
        XElement?[] all =
        [
            VerdictSection.Of(report), ReferenceSection.Of(report), SpreadSection.Of(report), CurveSection.Of(report),
            FrontierSection.Of(report), SizeSection.Of(report), FlipSection.Of(report),
            ExampleSection.Of(report), LayerSection.Of(report), .. report.Sections.Select(one => PluginSection.Of(one.Name, one.Section)),
            FactSection.Of(report),
        ];
        var sections = all.OfType<XElement>().ToList();
        yield return new XElement("a", new XAttribute("class", "skip"), new XAttribute("href", "#main"), "Skip to the verdict");
        yield return PageHead.Of(report, sections);
        yield return new XElement("main", new XAttribute("id", "main"), sections);
    }
}
