using System.Xml.Linq;
using LlmKick.Runs.Results;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Series;

namespace LlmKick.Reports.Html;

/// <summary>Draws curves as SVG.</summary>
internal static class CurveChart
{
    /// <summary>The chart.</summary>
    /// <param name="task">The task.</param>
    /// <param name="curves">The methods.</param>
    /// <param name="dense">The dense model's score, or null.</param>
    /// <param name="title">What is told to those who do not see it.</param>
    public static XElement Draw(TaskMeaning task, IReadOnlyList<Curve> curves, double? dense, string title)
    {
        var model = ChartFrame.Model("sparsity, %", isLogarithmic: !task.Main.HigherIsBetter, fromZero: true);
        foreach (var curve in curves)
            model.Series.Add(Band(curve));
        foreach (var curve in curves)
            model.Series.Add(Line(curve, dense));
        foreach (var curve in curves.Where(curve => curve.Points.Any(point => point.Seeds.Count > 0)))
            model.Series.Add(Seeds(curve));
        AddLine(model, dense, LineStyle.Dash);
        AddLine(model, task.Main.Chance, LineStyle.Dot);
        return ChartFrame.Draw(model, title);
    }

    private static AreaSeries Band(Curve curve)
    {
        var band = new AreaSeries { Color = OxyColors.Transparent, Color2 = OxyColors.Transparent, Fill = ChartColors.Band(curve.Place) };
        foreach (var point in curve.Points.Where(point => double.IsFinite(point.Low) && double.IsFinite(point.High)))
        {
            band.Points.Add(new DataPoint(100 * point.Sparsity, point.High));
            band.Points2.Add(new DataPoint(100 * point.Sparsity, point.Low));
        }
        return band;
    }

    private static LineSeries Line(Curve curve, double? dense)
    {
        var color = ChartColors.Method(curve.Place);
        var line = new LineSeries { Color = color, StrokeThickness = 2, MarkerType = CurveMark.Type(curve.Place), MarkerSize = 4,
            MarkerFill = color, MarkerStroke = color };
        if (dense is { } start && double.IsFinite(start))
            line.Points.Add(new DataPoint(0, start));
        line.Points.AddRange(curve.Points.Select(point => new DataPoint(100 * point.Sparsity, point.Value)));
        return line;
    }

    /// <summary>What single seeds gave, beside their mean.</summary>
    private static LineSeries Seeds(Curve curve)
    {
        var marks = new LineSeries { LineStyle = LineStyle.None, MarkerType = MarkerType.Circle, MarkerSize = 2,
            MarkerFill = OxyColors.Transparent, MarkerStroke = ChartColors.Method(curve.Place) };
        marks.Points.AddRange(curve.Points.SelectMany(point => point.Seeds.Select(value => new DataPoint(100 * point.Sparsity, value))));
        return marks;
    }

    private static void AddLine(PlotModel model, double? value, LineStyle style)
    {
        if (value is not { } y || !double.IsFinite(y))
            return;
        // Axes follow series alone: a point that is not seen makes room for the line.
        model.Series.Add(new LineSeries { Color = OxyColors.Transparent, Points = { new DataPoint(0, y) } });
        model.Annotations.Add(new LineAnnotation { Type = LineAnnotationType.Horizontal, Y = y, Color = ChartColors.Text, LineStyle = style,
            StrokeThickness = 1 });
    }
}
