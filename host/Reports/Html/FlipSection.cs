using System.Globalization;
using System.Xml.Linq;
using LlmKick.Reports.Comparisons;
using LlmKick.Reports.Content;
using LlmKick.Reports.Wording;

namespace LlmKick.Reports.Html;

/// <summary>How many samples changed, and whether chance explains it.</summary>
internal static class FlipSection
{
    private const int LongTable = 60;

    private static readonly string[] Headings =
        ["variant", "task", "samples", "right → wrong", "wrong → right", "wrong → other wrong", "net", "churn", "p", "p, corrected"];

    /// <summary>The section, or null where no task has right and wrong answers.</summary>
    public static XElement? Of(Report report)
    {
        var tested = report.Comparisons.Where(one => one.P is not null).ToList();
        if (tested.Count == 0)
            return null;
        var table = Markup.Table("Flips against the dense model", Headings, tested.Select(Row));
        return Markup.Section("flips", "Flips",
            "Samples whose answer changed against the dense model. Net: won less lost; churn: won and lost; both as shares of the samples. "
                + "p: McNemar's exact test, or the exact sign-flip test of whole clusters; "
                + $"corrected for the {tested.Count} tests of this table (Holm). Answers count as other where their texts or choices "
                + "differ.",
            tested.Count > LongTable ? Markup.Details($"All {tested.Count} rows", table) : table);
    }

    private static XElement Row(Comparison one) => Markup.Row(one.Variant,
        new[] { one.Task, Samples(one), Count(one.Lost), Count(one.Won), Count(one.OtherWrong), Signed(one.Net),
            DisplayText.Percent(one.Churn), DisplayText.Chance(one.RawP), DisplayText.Chance(one.P) }.Select(Markup.Cell));

    private static string Samples(Comparison one) =>
        Count(one.Samples) + (one.Clusters is { } clusters ? $" in {Count(clusters)} clusters" : "");

    private static string Count(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Signed(double share) => (share > 0 ? "+" : "") + DisplayText.Percent(share).Replace('-', '−');
}
