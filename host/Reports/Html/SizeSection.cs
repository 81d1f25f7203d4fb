using System.Globalization;
using System.Xml.Linq;
using LlmKick.Reports.Comparisons;
using LlmKick.Reports.Content;
using LlmKick.Reports.Wording;
using LlmKick.Runs.Records;
using LlmKick.Runs.Results;
using LlmKick.Terminals;

namespace LlmKick.Reports.Html;

/// <summary>What each variant takes, and each task's score against it: pruning and quantization in one picture.</summary>
internal static class SizeSection
{
    /// <summary>The section, or null where nothing was compressed.</summary>
    public static XElement? Of(Report report)
    {
        var sized = report.Run.Variants.Where(variant => variant.Size is not null).ToList();
        if (sized.Select(variant => variant.Size!.Bytes).Distinct().Count() < 2)
            return null;
        return Markup.Section("sizes", "Sizes",
            "Bits a weight are of the matrices that were compressed: codes with their scales, zeros and column orders; of pruned matrices "
                + "what is left in 16 bits and one bit a weight that says where (or all weights, where that is smaller). "
                + "Bytes are of all parameters, what was not compressed in 16 bits. A decoded token reads every byte once, so the ratio of "
                + "bytes bounds what a form can bring where memory is the limit.",
            Markup.Table("Sizes and speed", ["variant", "bits a weight", "bytes", "times smaller", "parameters not zero",
                "files that hold it", "speed"], sized.Select(variant => Row(variant, variant.Size!, Dense(report, variant)))),
            new XElement("p", new XAttribute("class", "note"), "Score against bytes: the line joins what no other variant beats, being as "
                + "small and better, or as good and smaller, by the scores as measured."),
            Legend(report),
            new XElement("div", new XAttribute("class", "charts"),
                report.Run.Tasks.Select(task => Chart(report, task)).OfType<XElement>()));
    }

    private static VariantResults? Dense(Report report, VariantResults variant) =>
        report.Run.Variants.FirstOrDefault(one => one.IsDense && one.Origin.Model == variant.Origin.Model);

    private static XElement Row(VariantResults variant, SizeRecord size, VariantResults? dense) => Markup.Row(variant.Name,
    [
        Markup.Cell(DisplayText.Bits(size.BitsPerWeight)), Markup.Cell(ByteCount.OnDisk(size.Bytes)),
        Markup.Cell((size.DenseBytes / (double)size.Bytes).ToString("0.00", CultureInfo.InvariantCulture)),
        Markup.Cell(size.NonZeros.ToString("#,0", CultureInfo.InvariantCulture)), Markup.Cell(OnDisk(size)),
        new XElement("td", new XAttribute("class", "words"), size.Speed,
            new XElement("span", new XAttribute("class", "varies"), Measured(variant, dense))),
    ]);

    private static IEnumerable<object> OnDisk(SizeRecord size) => size.OnDisk.Count == 0
        ? ["–"]
        : size.OnDisk.SelectMany(format =>
            new object[] { new XElement("small", $"{format.Key} {ByteCount.OnDisk(format.Value)}"), new XElement("br") });

    private static string Measured(VariantResults variant, VariantResults? dense) =>
        (variant.TokensPerSecond, dense?.TokensPerSecond) switch
    {
        ({ } own, { } whole) when variant != dense => string.Create(CultureInfo.InvariantCulture,
            $"; reads {own:#,0} tokens a second here, {own / whole:0.00} times the dense model's"),
        ({ } own, _) => string.Create(CultureInfo.InvariantCulture, $"; reads {own:#,0} tokens a second here"),
        _ => "",
    };

    private static XElement Legend(Report report) => new("ul", new XAttribute("class", "legend"),
        SizeChart.Methods(report).Select((method, place) => new XElement("li", CurveMark.Of(place), " " + method)));

    private static XElement? Chart(Report report, TaskMeaning task)
    {
        var scores = SizedScore.Of(report, task);
        if (scores.Count < 2)
            return null;
        var front = ParetoFront.Of(scores, one => one.Bytes, one => one.Value, task.Main.HigherIsBetter);
        var title = $"{task.Name}: {task.Main.Name} against bytes, {(task.Main.HigherIsBetter ? "higher" : "lower")} is better";
        return new XElement("figure", new XElement("figcaption", title),
            SizeChart.Draw(task, SizeChart.Methods(report), scores, front, title),
            new XElement("p", new XAttribute("class", "note"),
                $"Nothing beats {string.Join(", ", front.Select(one => one.Variant.Name))}."),
            Markup.Details("Numbers", Markup.Table(title, ["variant", "bytes", "score", "95 % interval", "unbeaten"],
                scores.OrderBy(one => one.Bytes).Select(one => Markup.Row(one.Variant.Name,
                [Markup.Cell(ByteCount.OnDisk(one.Bytes)), Markup.Cell(DisplayText.Number(one.Value)), Markup.Cell(
                    $"[{DisplayText.Number(one.Low)}, {DisplayText.Number(one.High)}]"),
                    Markup.Cell(front.Contains(one) ? "yes" : "no")])))));
    }
}
