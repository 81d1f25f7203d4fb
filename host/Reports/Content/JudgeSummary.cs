using System.Globalization;
using LlmKick.Runs.Records;
using LlmKick.Runs.Results;

namespace LlmKick.Reports.Content;

/// <summary>What the judge was asked and what that took, in a sentence for each judged task.</summary>
/// <param name="results">The results.</param>
internal sealed class JudgeSummary(RunResults results)
{
    // The name that judged tasks give it.
    private const string NoiseFloor = "judge.noise_floor";

    /// <summary>The tasks with their sentences.</summary>
    public IEnumerable<(string Task, string Sentence)> Sentences() =>
        from task in results.Tasks
        let asked = results.Variants.Select(variant => variant.Find(task.Name)?.Judge).OfType<JudgeRecord>().ToList()
        where asked.Count > 0
        select (task.Name, Sentence(JudgeRecord.Sum(asked)!) + Noise(task));

    /// <summary>How much of a difference means nothing, where the task measured it.</summary>
    private string Noise(TaskMeaning task) =>
        results.Variants.Select(variant => variant.Metric(task.Name, NoiseFloor)).FirstOrDefault(metric => metric is not null) is { } metric
            ? string.Create(CultureInfo.InvariantCulture,
                $" Its noise floor is {metric.Value:0.00} [{metric.Low:0.00}, {metric.High:0.00}]: "
                    + $"{task.Metrics.FirstOrDefault(meaning => meaning.Name == NoiseFloor)?.Help}.")
            : "";

    private static string Sentence(JudgeRecord judge) =>
        $"The judge wrote {Count(judge.Replies, "reply", "replies")}, "
            + $"{(judge.Unreadable == 0 ? "all with a verdict" : WithoutVerdict(judge.Unreadable))}; "
            + string.Create(CultureInfo.InvariantCulture, $"{judge.InputTokens:N0} tokens read, {judge.OutputTokens:N0} written")
            + (judge.Cost is { } cost ? $", {Money(cost)} in all." : ".");

    private static string WithoutVerdict(int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} of them without a verdict (counted, not averaged)");

    private static string Count(int count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many)}");

    /// <summary>Two digits, and as many more as a small sum needs.</summary>
    private static string Money(double cost) => cost.ToString(cost >= 1 || cost == 0 ? "N2" : "0.00####", CultureInfo.InvariantCulture);
}
