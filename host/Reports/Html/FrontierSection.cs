using System.Xml.Linq;
using LlmKick.Reports.Comparisons;
using LlmKick.Reports.Content;
using LlmKick.Reports.Wording;
using LlmKick.Runs.Results;

namespace LlmKick.Reports.Html;

/// <summary>How far each method can go, and where perplexity hides a loss.</summary>
internal static class FrontierSection
{
    /// <summary>The section, or null where no sparsity was tried.</summary>
    public static XElement? Of(Report report)
    {
        var frontiers = Frontiers.Of(report.Comparisons);
        if (frontiers.Count == 0)
            return null;
        var tasks = report.Run.Tasks.Select(task => task.Name).ToList();
        return Markup.Section("frontier", "Sparsity frontier",
            "The largest sparsity at which a method's measured score is still within 5 % of the dense model's, all smaller ones "
                + "included. In brackets: as far as the samples prove it, and as far as they allow it. 0 %: not even the smallest that "
                + "was tried.",
            Markup.Table("Largest sparsity still within 5 %", ["method", .. tasks], frontiers.GroupBy(one => one.Method).Select(method =>
                Markup.Row(method.Key, tasks.Select(task =>
                    Markup.Cell(method.FirstOrDefault(one => one.Task == task) is { } one ? Text(one) : "uninformative"))))),
            Partings(report));
    }

    private static string Text(Frontier one) =>
        $"{DisplayText.Sparsity(one.Sparsity)}{(one.Sparsity == one.LargestTried ? " or more" : "")} [{DisplayText.Sparsity(one.Low)}, "
            + $"{DisplayText.Sparsity(one.High)}{(one.High == one.LargestTried ? " or more" : "")}]";

    private static IEnumerable<XElement> Partings(Report report)
    {
        if (report.Comparisons.All(one => one.Metric != Verdict.Perplexity))
            yield break;
        yield return new XElement("h3", "Where perplexity and tasks part ways");
        var partings = HiddenLoss.Of(report.Comparisons);
        yield return partings.Count == 0
            ? new XElement("p", HiddenLoss.None(report.Comparisons))
            : Markup.Table("The smallest sparsity at which a task has lost more than 5 % and perplexity has not risen by as much",
                ["method", "task", "sparsity", "kept of the task's score", "perplexity"],
                partings.Select(one => Markup.Row(one.Task.Method, [
                    Markup.Cell(one.Task.Task), Markup.Cell(DisplayText.Sparsity(one.Task.Sparsity)),
                    Markup.Cell($"{DisplayText.Kept(one.Task)} {DisplayText.Interval(one.Task)}"),
                    Markup.Cell($"{DisplayText.Kept(one.Perplexity)} {DisplayText.Interval(one.Perplexity)}")])));
    }
}
