using System.Globalization;
using System.Xml.Linq;
using OxyPlot;
using OxyPlot.Axes;

namespace LlmKick.Reports.Html;

/// <summary>What all charts share: size, axes and colours.</summary>
internal static class ChartFrame
{
    private const int Width = 520;
    private const int Height = 320;

    /// <summary>An empty chart.</summary>
    /// <param name="across">What its lower axis shows.</param>
    /// <param name="isLogarithmic">Whether scores grow by factors.</param>
    /// <param name="fromZero">Whether the lower axis begins at zero.</param>
    public static PlotModel Model(string across, bool isLogarithmic, bool fromZero)
    {
        var model = new PlotModel { TextColor = ChartColors.Text, PlotAreaBorderColor = ChartColors.Grid,
            PlotAreaBorderThickness = new OxyThickness(1, 0, 0, 1), DefaultFontSize = 13, Padding = new OxyThickness(18, 8, 14, 4) };
        var bottom = new LinearAxis { Position = AxisPosition.Bottom, Title = across, MaximumPadding = fromZero ? 0.01 : 0.15,
            MinimumPadding = 0.05 };
        if (fromZero)
            bottom.Minimum = 0;
        model.Axes.Add(Styled(bottom));
        model.Axes.Add(Styled(isLogarithmic ? new LogarithmicAxis { Position = AxisPosition.Left }
            : new LinearAxis { Position = AxisPosition.Left, MinimumPadding = 0.05, MaximumPadding = 0.05 }));
        return model;
    }

    /// <summary>The chart as SVG.</summary>
    /// <param name="model">The chart.</param>
    /// <param name="title">What is told to those who do not see it.</param>
    public static XElement Draw(PlotModel model, string title) =>
        ChartColors.Restore(new SvgExporter { Width = Width, Height = Height, UseVerticalTextAlignmentWorkaround = true }
            .ExportToString(model), title);

    private static Axis Styled(Axis axis)
    {
        (axis.TicklineColor, axis.MajorGridlineColor, axis.MajorGridlineStyle, axis.MinorTickSize) =
            (ChartColors.Grid, ChartColors.Grid, LineStyle.Solid, 0);
        axis.AxisTitleDistance = 6;
        axis.LabelFormatter = value => value.ToString("G3", CultureInfo.InvariantCulture);
        return axis;
    }
}
