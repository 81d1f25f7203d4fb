using LlmKick.Sdk.Chat;
using LlmKick.Sdk.Options;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Kick.Mmlu;

/// <summary>Options of <see cref="MmluTask"/>.</summary>
internal sealed record MmluOptions : IValidatedOptions
{
    [Option("Folder with dev/<subject>_dev.csv and test/<subject>_test.csv; or MMLU as the hub has it (cais/mmlu): its folder `all` with "
        + "dev-*.parquet and test-*.parquet, or the folder that has those of each subject.", Required = true, IsPath = true,
        PathKind = PathKind.Folder, Layout = "mmlu")]
    public string Path { get; init; } = "";

    [Option("Answered examples before each question; the last are dropped where the prompt would exceed 2,048 tokens or the context.",
        Min = 0, Max = 5, Role = OptionRole.Shots)]
    public int Shots { get; init; } = 5;

    [Option("Whether the answers' texts are scored too (accuracy.text): what a model knows that has not learned to name letters.")]
    public bool ChoiceText { get; init; }

    [Option("Puts the prompt into a conversation, for models trained for these: `auto` by the model's own template, or { template: NAME "
        + "or FILE, variables: … }. Default: plain text, as in the paper's code.")]
    public ChatOptions? Chat { get; init; }

    [Option("Subjects asked, such as [anatomy, virology]; default: all 57.")]
    public IReadOnlyList<string> Subjects { get; init; } = [];

    [Option("The most questions of a subject; default: all. Fewer are faster and give wider intervals.", Min = 1,
        Role = OptionRole.Selection)]
    public int? Limit { get; init; }

    [Option("Which questions of each subject a limit keeps: the `first`, or `random` ones by the task's seed and the subject's name.",
        Role = OptionRole.Selection)]
    public SampleChoice Take { get; init; } = SampleChoice.First;

    /// <inheritdoc/>
    public IEnumerable<OptionFault> Validate()
    {
        foreach (var subject in Subjects.Where(s => !MmluSubjects.All.ContainsKey(s)))
            yield return new OptionFault("subjects", NearestName.Find(subject, MmluSubjects.All.Keys) is { } nearest
                ? $"'{subject}' is no subject of MMLU; did you mean '{nearest}'?"
                : $"'{subject}' is no subject of MMLU; write names as in the files, such as 'anatomy' of test/anatomy_test.csv.");
        foreach (var subject in Subjects.GroupBy(s => s).Where(g => g.Count() > 1))
            yield return new OptionFault("subjects", $"'{subject.Key}' is named more than once; name it once.");
    }
}
