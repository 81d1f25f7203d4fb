using System.Text.RegularExpressions;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;

namespace LlmKick.Kick.Judging;

/// <summary>The prompts that a judge is asked with.</summary>
internal sealed partial class JudgePrompts
{
    private const string Single = "single";
    private const string Pair = "pair";
    private const string PairFile = "\"pair-v2\"";

    private readonly string path;
    private readonly IReadOnlyList<JudgePromptRow> rows;

    private JudgePrompts(string path, IReadOnlyList<JudgePromptRow> rows) => (this.path, this.rows) = (path, rows);

    /// <summary>Whether there are prompts that rate one answer by itself (MT-Bench's).</summary>
    public bool CanRate => rows.Any(row => row.Name == "single-v1");

    /// <summary>Whether a file's prompts for two answers ask which is better (MT-Bench's), not for two scores (the paper's).</summary>
    public static bool AreVerdicts(string path) => File.Exists(path)
        && File.ReadLines(path).Any(line => line.Contains(PairFile, StringComparison.Ordinal));

    /// <summary>Reads a file of prompts.</summary>
    /// <exception cref="LlmKickException">It is missing, malformed or empty.</exception>
    public static async Task<JudgePrompts> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var rows = await JsonLines.ReadAsync<JudgePromptRow>(path, "`system_prompt`, `prompt_template` and `category`",
            cancellationToken).ConfigureAwait(false);
        return rows.Count > 0 ? new JudgePrompts(path, [.. rows.Select(row => row.Value)])
            : throw new LlmKickException($"{path}: there are no prompts; give the data's prompt.jsonl or MT-Bench's judge_prompts.jsonl.");
    }

    /// <summary>The prompt of a category, or the first: the paper's files have `general` first.</summary>
    public JudgePromptRow Of(string category) => rows.FirstOrDefault(row => row.Category == category) ?? rows[0];

    /// <summary>MT-Bench's prompt for one answer.</summary>
    /// <param name="withReference">Whether there is a reference answer.</param>
    /// <param name="secondTurn">Whether the second turn is graded.</param>
    public JudgePromptRow ForOne(bool withReference, bool secondTurn) =>
        Named(withReference ? $"{Single}-math-v1" : $"{Single}-v1", secondTurn);

    /// <summary>MT-Bench's prompt for two answers; parameters as of <see cref="ForOne"/>.</summary>
    public JudgePromptRow ForTwo(bool withReference, bool secondTurn) =>
        Named(withReference ? $"{Pair}-math-v1" : $"{Pair}-v2", secondTurn);

    private JudgePromptRow Named(string kind, bool secondTurn)
    {
        var name = secondTurn ? $"{kind}-multi-turn" : kind;
        return rows.FirstOrDefault(row => row.Name == name)
            ?? throw new LlmKickException($"{path}: there is no prompt '{name}'; take MT-Bench's judge_prompts.jsonl whole.");
    }

    /// <summary>A prompt's text; what is put in is never looked through for marks.</summary>
    public static string Fill(JudgePromptRow row, IReadOnlyDictionary<string, string> texts) => Mark()
        .Replace(row.PromptTemplate, mark => mark.Groups[1].Value switch
    {
        "prompt" when row.Defaults is { } defaults => defaults.Prompt,
        var name => texts.GetValueOrDefault(name, mark.Value),
    });

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Mark();
}
