using System.Xml.Linq;
using LlmKick.Reports.Content;
using LlmKick.Runs.Results;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace LlmKick.Reports.Html;

/// <summary>Draws scores against bytes as SVG.</summary>
internal static class SizeChart
{
    /// <summary>What marks tell apart: the dense model and each compressor or chain of compressors, whatever its options.</summary>
    public static IReadOnlyList<string> Methods(Report report) => [.. report.Run.Variants.Select(variant => variant.Compressor).Distinct()];

    /// <summary>The chart.</summary>
    /// <param name="task">The task.</param>
    /// <param name="methods">All methods, in the order of their marks.</param>
    /// <param name="scores">The points.</param>
    /// <param name="front">Those that nothing beats, from small to large.</param>
    /// <param name="title">What is told to those who do not see it.</param>
    public static XElement Draw(TaskMeaning task, IReadOnlyList<string> methods, IReadOnlyList<SizedScore> scores,
        IReadOnlyList<SizedScore> front, string title)
    {
        var unit = scores.Max(score => score.Bytes) >= 1_000_000_000 ? ("GB", 1e9) : ("MB", 1e6);
        var model = ChartFrame.Model($"size, {unit.Item1}", isLogarithmic: !task.Main.HigherIsBetter, fromZero: false);
        model.Series.Add(Front(front, unit.Item2));
        foreach (var (place, method) in methods.Index())
            model.Series.Add(Points(place, scores.Where(score => score.Variant.Compressor == method), unit.Item2));
        foreach (var one in front)
            model.Annotations.Add(Label(one, unit.Item2));
        return ChartFrame.Draw(model, title);
    }

    private static LineSeries Front(IEnumerable<SizedScore> front, double unit)
    {
        var line = new LineSeries { Color = ChartColors.Text, StrokeThickness = 1.2, LineStyle = LineStyle.Dash };
        line.Points.AddRange(front.Select(one => new DataPoint(one.Bytes / unit, one.Value)));
        return line;
    }

    private static LineSeries Points(int place, IEnumerable<SizedScore> scores, double unit)
    {
        var color = ChartColors.Method(place);
        var points = new LineSeries { Color = OxyColors.Transparent, MarkerType = CurveMark.Type(place), MarkerSize = 4.5,
            MarkerFill = color, MarkerStroke = color, MarkerStrokeThickness = 1.5 };
        points.Points.AddRange(scores.Select(one => new DataPoint(one.Bytes / unit, one.Value)));
        return points;
    }

    private static TextAnnotation Label(SizedScore one, double unit) => new()
    {
        Text = one.Variant.Name, TextPosition = new DataPoint(one.Bytes / unit, one.Value), TextColor = ChartColors.Text, FontSize = 11,
        StrokeThickness = 0,
        TextHorizontalAlignment = HorizontalAlignment.Left, TextVerticalAlignment = VerticalAlignment.Top, Offset = new ScreenVector(5, 3),
    };
}
