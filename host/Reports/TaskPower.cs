using System.Globalization;
using System.Text.Json.Nodes;
using LlmKick.Reports.Comparisons;
using LlmKick.Runs.Plan;
using LlmKick.Runs.Records;
using LlmKick.Runs.Results;
using LlmKick.Runs.Work;
using LlmKick.Sdk;

namespace LlmKick.Reports;

/// <summary>How many questions of a task a loss as large as the tolerance needs, before they are asked.</summary>
/// <param name="Task">The task.</param>
/// <param name="Asked">Questions that the recipe asks.</param>
/// <param name="Disagreement">Share of questions answered right by one model and wrong by the other.</param>
/// <param name="Dense">The dense model's score.</param>
/// <param name="Seen">The variant of an earlier run here that they are of: the one that differs most; null where they are assumed.</param>
internal sealed record TaskPower(string Task, int Asked, double Disagreement, double Dense, string? Seen)
{
    // Nothing was run that could tell; the sentence says that it is assumed.
    private const double AssumedDisagreement = 0.1;

    /// <summary>The number of questions.</summary>
    public int Needed => QuestionsNeeded.For(Disagreement, Verdict.Tolerance * Dense);

    /// <summary>One for each task of right and wrong answers: those of earlier results in the folder, and those of which it is to be
    /// assumed.</summary>
    public static IReadOnlyList<TaskPower> Of(RunPlan plan, RunFolder folder, IReadOnlyList<VariantOutlook> variants)
    {
        var seen = Earlier(folder).Where(one => one is { P: not null, IsInformative: true }).ToLookup(one => one.Task);
        return
        [
            .. from task in plan.Variants[0].Tasks
               let code = task.Create()
               where code.Metrics[0].HigherIsBetter && !code.NeedsReference && !code.NeedsJudge
               let asked = variants.SelectMany(variant => variant.Tasks).FirstOrDefault(one => one.Task == task.Name)?.Samples
               where asked is not null
               let worst = seen[task.Name].MaxBy(one => one.Churn)
               select new TaskPower(task.Name, asked.Value, worst?.Churn ?? AssumedDisagreement, worst?.Dense ?? 1, worst?.Variant),
        ];
    }

    /// <summary>The number in a sentence, with where it comes from.</summary>
    public string Sentence() => string.Create(CultureInfo.InvariantCulture,
        $"{Task}: {Asked:#,0} questions; to find a loss of {100 * Verdict.Tolerance:0.#} % of the dense score, or none, in four of five "
            + $"runs takes about {Needed:#,0} ")
        + (Seen is null
            ? string.Create(CultureInfo.InvariantCulture,
                $"(assumed: {100 * Disagreement:0.#} % of answers turn right or wrong, and the dense model is always right).")
            : string.Create(CultureInfo.InvariantCulture, $"(by earlier results here: {100 * Disagreement:0.#} % of answers turned right "
                + $"or wrong with {Seen}, and the dense model has {Dense:0.000})."));

    /// <summary>The number in a document.</summary>
    public JsonObject Node() => new() { ["asked"] = Asked, ["needed"] = Needed, ["loss"] = Verdict.Tolerance,
        ["disagreement"] = Disagreement, ["dense"] = Dense, ["seen_in"] = Seen };

    private static IReadOnlyList<Comparison> Earlier(RunFolder folder)
    {
        if (!File.Exists(folder.Results))
            return [];
        try
        {
            return new DenseComparisons(RunResults.Read(folder.Root)).Make();
        }
        catch (LlmKickException) // Results of another version tell nothing here, and hinder no plan.
        {
            return [];
        }
    }
}
