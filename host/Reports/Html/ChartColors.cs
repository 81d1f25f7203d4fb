using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using LlmKick.Reports.Wording;
using OxyPlot;

namespace LlmKick.Reports.Html;

/// <summary>Stands colours in for those of the page's style, which depend on light and dark, and puts the page's back.</summary>
internal static partial class ChartColors
{
    /// <summary>Of text and lines.</summary>
    public static OxyColor Text { get; } = OxyColor.FromRgb(1, 2, 254);

    /// <summary>Of axes and grids.</summary>
    public static OxyColor Grid { get; } = OxyColor.FromRgb(1, 2, 253);

    /// <summary>Of a method.</summary>
    public static OxyColor Method(int place) => OxyColor.FromRgb(1, 2, (byte)(place % CurveMark.Colors));

    /// <summary>Of a method's band.</summary>
    public static OxyColor Band(int place) => OxyColor.FromAColor(40, Method(place));

    /// <summary>The chart with the page's colours and letters, as wide as its place, and a name for those who do not see it.</summary>
    public static XElement Restore(string svg, string title)
    {
        var chart = XElement.Parse(Stand()
            .Replace(svg, match => Variable(int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))));
        // Nothing is drawn outside, and names of clipping paths would clash between charts.
        chart.Descendants().Where(one => one.Name.LocalName == "defs").Remove();
        chart.DescendantsAndSelf().Attributes().Where(one => one.Name.LocalName is "clip-path" or "font-family").Remove();
        chart.SetAttributeValue("viewBox", $"0 0 {chart.Attribute("width")!.Value} {chart.Attribute("height")!.Value}");
        chart.SetAttributeValue("width", "100%");
        chart.SetAttributeValue("height", null);
        chart.SetAttributeValue("role", "img");
        chart.SetAttributeValue("aria-label", title);
        return chart;
    }

    private static string Variable(int number) => number switch
    {
        254 => "var(--text)",
        253 => "var(--line)",
        _ => $"var(--s{DisplayText.Index(number)})",
    };

    [GeneratedRegex(@"rgb\(1,2,(\d+)\)")]
    private static partial Regex Stand();
}
