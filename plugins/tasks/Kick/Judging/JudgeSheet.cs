using LlmKick.Kick.Questions;
using LlmKick.Sdk;

namespace LlmKick.Kick.Judging;

/// <summary>What a judge needs to grade a task's answers.</summary>
/// <param name="Prompts">Its prompts.</param>
/// <param name="Baseline">The baseline's answers by question; empty where answers are graded one by one.</param>
internal sealed record JudgeSheet(JudgePrompts Prompts, IReadOnlyDictionary<string, IReadOnlyList<string>> Baseline)
{
    /// <summary>Reads prompts and baseline; null where there are no prompts.</summary>
    /// <exception cref="LlmKickException">A file is missing or malformed, or the prompts compare with a baseline and none is given.</exception>
    public static async Task<JudgeSheet?> ReadAsync(string? prompts, string? baseline, CancellationToken cancellationToken)
    {
        if (prompts is null)
            return null;
        var read = await JudgePrompts.ReadAsync(prompts, cancellationToken).ConfigureAwait(false);
        if (!read.IsSingle && baseline is null)
            throw new LlmKickException($"{prompts}: these prompts compare two answers; give `baseline`, a file with answers to compare with, or take MT-Bench's judge_prompts.jsonl.");
        return new JudgeSheet(read, baseline is null ? new Dictionary<string, IReadOnlyList<string>>() : await AnswerFile.ReadAsync(baseline, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The baseline's answer to a question's first turn.</summary>
    /// <exception cref="LlmKickException">There is none.</exception>
    public string AnswerTo(string question) => Baseline.TryGetValue(question, out var answers) && answers is [var first, ..]
        ? first
        : throw new LlmKickException($"The `baseline` has no answer to question {question}; give it one, or leave the question out.");
}
