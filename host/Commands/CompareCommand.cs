using System.CommandLine;
using LlmKick.Reports;
using LlmKick.Reports.Comparisons;
using LlmKick.Reports.LmEval;
using LlmKick.Runs.Results;
using LlmKick.Sdk;
using LlmKick.Terminals;

namespace LlmKick.Commands;

/// <summary><c>compare</c>: tells two runs apart, sample by sample.</summary>
internal sealed class CompareCommand : Command
{
    private static readonly Argument<string> First = new("A")
        { Description = "Folder of the run that counts as before, or of lm-evaluation-harness's results" };
    private static readonly Argument<string> Second = new("B") { Description = "Folder of the run that counts as after, of the same kind" };

    private static readonly Option<double?> FailUnder = new("--fail-under")
    {
        Description = "Exit with 1 where B keeps less than this share of A's score in a variant and task that A has, or it cannot be told; "
            + "of perplexity, one less its rise",
        HelpName = "RATIO",
        Validators = { OptionRules.Between(0, 1) },
    };

    private readonly Terminal terminal;

    public CompareCommand(Terminal terminal)
        : base("compare", "Tell two runs of the same tasks apart, variant by variant and sample by sample")
    {
        this.terminal = terminal;
        Arguments.Add(First);
        Arguments.Add(Second);
        Options.Add(FailUnder);
        Options.Add(CommonOptions.Json);
        SetAction(line => Compare(line.GetRequiredValue(First), line.GetRequiredValue(Second), line.GetValue(FailUnder),
            line.GetValue(CommonOptions.Json)));
    }

    private int Compare(string first, string second, double? least, bool json)
    {
        var (differences, missing) = LmEvalFolder.Is(first) || LmEvalFolder.Is(second)
            ? LmEvalComparison.Between(LmEvalFolder.Read(first), LmEvalFolder.Read(second)) : Between(first, second);
        if (json)
            terminal.WriteJson(DifferenceReport.Document(differences, missing));
        else
            DifferenceReport.Write(differences, missing, terminal);
        List<string> breaches = least is { } ratio
            ? [.. missing.Where(one => !one.IsNew).Select(one => one.Sentence),
                .. RecoveryGate.Breaches(differences.Select(one => one.Comparison), ratio, $"'{first}'")]
            : [];
        foreach (var breach in breaches)
            terminal.Error.WriteLine($"--fail-under: {breach}");
        return breaches.Count > 0 ? ExitCode.Failed : ExitCode.Done;
    }

    private static (IReadOnlyList<RunDifference> Differences, IReadOnlyList<NotCompared> Missing) Between(string first, string second)
    {
        var (before, after) = (RunResults.Read(first), RunResults.Read(second));
        var differences = RunDifference.Between(before, after);
        return differences.Count > 0 || HaveCommon(before, after) ? (differences, NotCompared.Between(before, after))
            : throw new LlmKickException(
                $"'{first}' and '{second}' have no variant and task in common by name, so that nothing can be compared.");
    }

    private static bool HaveCommon(RunResults before, RunResults after) =>
        after.Variants.Any(variant => before.Find(variant.Name) is not null)
            && before.Tasks.Select(task => task.Name).Intersect(after.Tasks.Select(task => task.Name)).Any();
}
