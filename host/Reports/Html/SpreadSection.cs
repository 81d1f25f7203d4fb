using System.Xml.Linq;
using LlmKick.Reports.Content;
using LlmKick.Reports.Spreads;
using LlmKick.Runs.Results;

namespace LlmKick.Reports.Html;

/// <summary>What was repeated over seeds.</summary>
internal static class SpreadSection
{
    /// <summary>The section, or null where nothing was.</summary>
    public static XElement? Of(Report report) => report.Spreads.Count == 0 ? null : Markup.Section("spread", "Spread over seeds",
        "What the same setting gave with other seeds: another calibration sample or order, another draw of answers or of samples. "
        + "Between seeds: the standard deviation of the seeds' values. Of samples: the standard error that the samples of one seed leave. "
        + "A difference between two methods that is not larger than the first may be chance, however many samples are asked.",
        Markup.Table("Metrics over seeds", SpreadTable.Headings,
            report.Spreads.Select(one => Markup.Row(one.Variant, SpreadTable.Cells(one)[1..].Select(Markup.Cell)))));
}
