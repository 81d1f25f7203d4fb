using System.Globalization;
using System.Xml.Linq;
using LlmKick.Reports.Comparisons;
using LlmKick.Reports.Content;
using LlmKick.Reports.Wording;
using LlmKick.Runs.Results;

namespace LlmKick.Reports.Html;

/// <summary>The verdict table: variants × tasks, each score beside the dense model's.</summary>
internal static class VerdictSection
{
    /// <summary>The section.</summary>
    public static XElement Of(Report report)
    {
        var cells = report.Comparisons.ToDictionary(one => (one.Variant, one.Task));
        return Markup.Section("verdict", "Verdict",
            "Share of the dense model's score that is kept (perplexity: times the dense one), with the 95 % interval of the paired "
                + "difference over samples, whole clusters where there are any. "
                + "Matching: all of the interval is within the tolerance; not matching: none of it; undecided: more samples are needed; "
                + "uninformative: the dense model itself is not above chance.",
            Tolerances(),
            Markup.Table("Verdicts, within 5 %", ["variant", "sparsity", .. Sizes(report, [LeftHeading]),
                .. report.Run.Tasks.Select(task => Heading(task))], report.Run.Variants.Select(variant => Row(report, variant, cells))),
            IntervalNotes.Of(report.Comparisons).Select(note => new XElement("p", new XAttribute("class", "note"), note)));
    }

    private const string LeftHeading = "parameters left";

    /// <summary>What is told only where models differ in size.</summary>
    private static IEnumerable<T> Sizes<T>(Report report, IEnumerable<T> cells) =>
        report.Run.Variants.Any(variant => variant.NonzeroRatio is not null) ? cells : [];

    private static string Heading(TaskMeaning task) =>
        $"{task.Name} ({task.Main.Name}{(task.Main.Chance is { } chance ? $", chance {DisplayText.Percent(chance)}" : "")})";

    private static XElement Tolerances() =>
        new("fieldset", new XAttribute("class", "controls"), new XAttribute("id", "tolerances"), new XAttribute("hidden", "hidden"),
        new XElement("legend", "Tolerance"),
        Comparison.Tolerances.Select((tolerance, i) => new XElement("label",
            new XElement("input", new XAttribute("type", "radio"), new XAttribute("name", "tolerance"), new XAttribute("value", i),
                tolerance == Verdict.Tolerance ? new XAttribute("checked", "checked") : null),
            " " + tolerance.ToString("0 %", CultureInfo.InvariantCulture))));

    private static XElement Row(Report report, VariantResults variant, Dictionary<(string, string), Comparison> cells) =>
        Markup.Row(variant.Name,
        [Markup.Cell(variant.Sparsity is { } zeros ? DisplayText.Sparsity(zeros.PrunedMatrices) : "–"),
            .. Sizes(report, [Markup.Cell(DisplayText.Left(variant))]),
            .. report.Run.Tasks.Select(task => Cell(variant, task, cells.GetValueOrDefault((variant.Name, task.Name))))]);

    private static XElement Cell(VariantResults variant, TaskMeaning task, Comparison? one)
    {
        if ((variant.Error ?? variant.Find(task.Name)?.Error) is { } error)
            return new XElement("td", new XAttribute("class", "failed"), new XElement("b", "failed"), " ", new XElement("small", error));
        if (variant.Metric(task.Name, task.Main.Name) is not { } value)
            return Markup.Cell("–");
        if (one is null)
            return new XElement("td", new XAttribute("class", "m"), DisplayText.Number(value.Value), " ",
                new XElement("small", DisplayText.Interval(value)));
        var match = one.Within(Verdict.Tolerance);
        return new XElement("td", new XAttribute("class", "m " + match.ToString().ToLowerInvariant()),
            new XAttribute("data-m", string.Concat(Comparison.Tolerances.Select(tolerance => (int)one.Within(tolerance)))),
            new XElement("b", DisplayText.Verdict(match)), " ", DisplayText.Kept(one), " ",
            new XElement("small", DisplayText.Interval(one)));
    }
}
