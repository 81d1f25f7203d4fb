using LlmKick.Sdk.Reports;

namespace Contoso.Plugin_1;

/// <summary>A section of the report: how far each block's weights moved. Text, tables and charts are data; the tool draws them.</summary>
public static class BlockErrors
{
    /// <summary>The section, or null where this method compressed nothing.</summary>
    /// <param name="run">What was measured.</param>
    public static ReportSection? Make(RunView run)
    {
        List<ReportLine> lines = [.. run.Variants.Select(variant => new ReportLine(variant.Name, [.. Points(variant)]))
            .Where(line => line.Points.Count > 0)];
        return lines.Count == 0 ? null : new ReportSection("Change by block", "How far the weights of each block moved, relative to them.",
            [new ReportChart("Mean relative change of a block's weights", "block", "‖W′ − W‖ / ‖W‖", lines)]);
    }

    private static IEnumerable<(double X, double Y)> Points(VariantView variant) => variant.Layers
        .Where(layer => layer.Compressor == "contoso-plugin").GroupBy(layer => layer.Report.Block)
        .Select(block => ((double)block.Key, block.Average(layer => layer.Report.RelativeFrobenius)));
}
