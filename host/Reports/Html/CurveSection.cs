using System.Xml.Linq;
using LlmKick.Reports.Content;
using LlmKick.Reports.Wording;
using LlmKick.Runs.Results;

namespace LlmKick.Reports.Html;

/// <summary>A chart for each task: its score against sparsity, a curve with a band for each method.</summary>
internal static class CurveSection
{
    /// <summary>The section, or null where no sparsity was tried.</summary>
    public static XElement? Of(Report report)
    {
        var charts = report.Run.Tasks.Select(task => Chart(report, task)).OfType<XElement>().ToList();
        return charts.Count == 0 ? null : Markup.Section("curves", "Curves",
            "Scores against the sparsity of the pruned matrices; bands are 95 % intervals of the scores, a dashed line is the dense "
                + "model's score, a dotted one what guessing gives. Where variants differ only in their seeds, the curve runs through "
                + "their mean, rings are the seeds, and the band holds the intervals of all. The numbers are below each chart.",
            new XElement("div", new XAttribute("class", "charts"), charts));
    }

    private static XElement? Chart(Report report, TaskMeaning task)
    {
        var curves = Curve.Of(report, task);
        if (curves.Count == 0)
            return null;
        var dense = report.Run.Variants.FirstOrDefault(variant => variant.IsDense)?.Metric(task.Name, task.Main.Name);
        var title = $"{task.Name}: {task.Main.Name}, {(task.Main.HigherIsBetter ? "higher" : "lower")} is better";
        return new XElement("figure", new XElement("figcaption", title),
            CurveChart.Draw(task, curves, dense?.Value, title),
            new XElement("ul", new XAttribute("class", "legend"),
                curves.Select(curve => new XElement("li", CurveMark.Of(curve.Place), " " + curve.Method))),
            Markup.Details("Numbers", Markup.Table(title, ["method", "sparsity", "score", "95 % interval"],
                curves.SelectMany(curve => curve.Points.Select(point => Row(curve, point))))));
    }

    private static string Score(CurvePoint point) => point.Seeds.Count == 0
        ? DisplayText.Number(point.Value)
        : $"{DisplayText.Number(point.Value)}, mean of {DisplayText.Index(point.Seeds.Count)} seeds "
            + $"({DisplayText.Number(point.Seeds.Min())} … {DisplayText.Number(point.Seeds.Max())})";

    private static XElement Row(Curve curve, CurvePoint point) => Markup.Row(curve.Method,
        [Markup.Cell(DisplayText.Sparsity(point.Sparsity)), Markup.Cell(Score(point)),
            Markup.Cell($"[{DisplayText.Number(point.Low)}, {DisplayText.Number(point.High)}]")]);
}
