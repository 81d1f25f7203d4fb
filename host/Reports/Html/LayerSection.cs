using System.Xml.Linq;
using LlmKick.Reports.Content;
using LlmKick.Reports.Wording;

namespace LlmKick.Reports.Html;

/// <summary>What compression did to each linear: a map of blocks × linears for each variant.</summary>
internal static class LayerSection
{
    /// <summary>The section, or null where nothing was compressed.</summary>
    public static XElement? Of(Report report)
    {
        var maps = report.Run.Variants.Select(LayerMap.Read).OfType<LayerMap>().ToList();
        if (maps.Count == 0)
            return null;
        var greatest = maps.SelectMany(map => map.Cells.Values).Select(cell => cell.Error).Where(double.IsFinite).DefaultIfEmpty(1).Max();
        return Markup.Section("layers", "Layers",
            "Error of each linear's output on the calibration data, relative to the output (of the weights, where there were none), and "
                + "below it its sparsity. Darker: more error; the scale is the same for all variants.",
            maps.Select(map => Markup.Details(map.Variant, Table(map, greatest))));
    }

    private static XElement Table(LayerMap map, double greatest) =>
        Markup.Table($"Error and sparsity of {map.Variant}", ["block", .. map.Linears],
        map.Blocks.Select(block => Markup.Row(DisplayText.Index(block),
            map.Linears.Select(linear => map.Cells.TryGetValue((block, linear), out var cell) ? Cell(cell, greatest) : Markup.Cell("–")))));

    private static XElement Cell(LayerCell cell, double greatest) => new("td", new XAttribute("class", "heat"),
        new XAttribute("style", $"--h:{DisplayText.Index((int)Math.Round(100 * Math.Clamp(cell.Error / greatest, 0, 1)))}%"),
        DisplayText.Number(cell.Error), new XElement("small", DisplayText.Sparsity(cell.Sparsity)));
}
