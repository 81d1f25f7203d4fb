using System.Xml.Linq;
using LlmKick.Reports.Content;

namespace LlmKick.Reports.Html;

/// <summary>Printed numbers beside the run's own.</summary>
internal static class ReferenceSection
{
    /// <summary>The section, or null where the recipe has no references.</summary>
    public static XElement? Of(Report report) => report.Run.References is not { Count: > 0 } all ? null : Markup.Section("references",
        "Printed numbers",
        "What the recipe's `references` say was measured elsewhere, beside what was measured here. A printed number has no interval of its "
            + "own here: that ours does not hold it is a difference beyond our samples' chance, not beyond theirs. "
            + ReferenceTable.Sentence(all),
        Markup.Table("Printed numbers", ReferenceTable.Headings,
            all.Select(one => Markup.Row(one.Variant, ReferenceTable.Cells(one)[1..].Select(Markup.Cell)))));
}
