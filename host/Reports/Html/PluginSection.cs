using System.Xml.Linq;
using LlmKick.Reports.Sections;
using LlmKick.Sdk.Reports;
using OxyPlot;
using OxyPlot.Series;

namespace LlmKick.Reports.Html;

/// <summary>A section that a plugin made.</summary>
internal static class PluginSection
{
    /// <summary>The section.</summary>
    public static XElement Of(string name, ReportSection section) =>
        Markup.Section("plugin-" + name, section.Title, section.Explanation, section.Parts.Select(Of));

    private static XElement Of(ReportPart part) => part switch
    {
        ReportText text => new XElement("p", text.Text),
        ReportTable table => Table(table),
        _ => Figure((ReportChart)part),
    };

    private static XElement Table(ReportTable table) => Markup.Table(table.Caption, table.Headings,
        table.Rows.Select(row => Markup.Row(row[0], row.Skip(1).Select(Markup.Cell))));

    private static XElement Figure(ReportChart chart) => new("figure", new XElement("figcaption", chart.Title),
        Draw(chart),
        new XElement("ul", new XAttribute("class", "legend"),
            chart.Lines.Select((line, place) => new XElement("li", CurveMark.Of(place), " " + line.Name))),
        Markup.Details("Numbers", Table(ChartNumbers.Of(chart))));

    private static XElement Draw(ReportChart chart)
    {
        var model = ChartFrame.Model(chart.Across, isLogarithmic: false, fromZero: false);
        model.Axes[^1].Title = chart.Up;
        foreach (var (place, line) in chart.Lines.Index())
        {
            var color = ChartColors.Method(place);
            var drawn = new LineSeries { Color = color, StrokeThickness = 2, MarkerType = CurveMark.Type(place), MarkerSize = 4,
                MarkerFill = color, MarkerStroke = color };
            drawn.Points.AddRange(line.Points.Select(point => new DataPoint(point.X, point.Y)));
            model.Series.Add(drawn);
        }
        return ChartFrame.Draw(model, chart.Title);
    }
}
