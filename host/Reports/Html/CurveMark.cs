using System.Xml.Linq;
using LlmKick.Reports.Wording;
using OxyPlot;

namespace LlmKick.Reports.Html;

/// <summary>How methods are told apart: by colour and by the shape of their marks.</summary>
internal static class CurveMark
{
    private static readonly (MarkerType Type, string Sign)[] Marks =
        [(MarkerType.Circle, "●"), (MarkerType.Square, "■"), (MarkerType.Triangle, "▲"), (MarkerType.Diamond, "◆"),
            (MarkerType.Cross, "✕"), (MarkerType.Star, "✳"), (MarkerType.Plus, "✚")];

    /// <summary>Colours that the page's style has for methods.</summary>
    public const int Colors = 8;

    /// <summary>The mark of a method in a chart.</summary>
    public static MarkerType Type(int place) => Marks[place % Marks.Length].Type;

    /// <summary>The mark of a method in text.</summary>
    public static XElement Of(int place) => new("span", new XAttribute("aria-hidden", "true"),
        new XAttribute("style", $"color:var(--s{DisplayText.Index(place % Colors)})"), Marks[place % Marks.Length].Sign);
}
