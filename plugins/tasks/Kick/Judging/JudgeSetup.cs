using LlmKick.Kick.Questions;
using LlmKick.Sdk;

namespace LlmKick.Kick.Judging;

/// <summary>What a judge needs to grade a task's answers.</summary>
/// <param name="Kind">How it is asked.</param>
/// <param name="Prompts">Its prompts.</param>
/// <param name="Baseline">The baseline's answers by question; null where they are the dense variant's, or there are none.</param>
internal sealed record JudgeSetup(JudgeKind Kind, JudgePrompts Prompts, IReadOnlyDictionary<string, IReadOnlyList<string>>? Baseline)
{
    /// <summary>Reads prompts and baseline; null where nothing is judged.</summary>
    /// <exception cref="LlmKickException">A file is missing or malformed, or the prompts compare with a baseline and none is
    /// given.</exception>
    public static async Task<JudgeSetup?> ReadAsync(JudgedOptions options, CancellationToken cancellationToken)
    {
        if (options.JudgePrompts is null)
            return null;
        var prompts = await JudgePrompts.ReadAsync(options.JudgePrompts, cancellationToken).ConfigureAwait(false);
        if (!prompts.CanRate && options.Baseline is null)
            throw new LlmKickException($"{options.JudgePrompts}: these prompts compare two answers; give `baseline`: `dense`, or a file "
                + $"with answers to compare with; or take MT-Bench's judge_prompts.jsonl.");
        var baseline = options.Baseline is null or JudgedOptions.Dense ? null
            : await AnswerFile.ReadAsync(options.Baseline, cancellationToken).ConfigureAwait(false);
        return new JudgeSetup(options.Kind(), prompts, baseline);
    }

    /// <summary>The baseline's answers to a question.</summary>
    /// <param name="question">The question.</param>
    /// <param name="dense">The dense variant's answers; null on that variant itself.</param>
    /// <exception cref="LlmKickException">There is none.</exception>
    public IReadOnlyList<string>? AnswersTo(string question, IReadOnlyList<string>? dense) => Baseline is null ? dense
        : Baseline.TryGetValue(question, out var answers) && answers.Count > 0 ? answers
        : throw new LlmKickException($"The `baseline` has no answer to question {question}; give it one, or leave the question out.");
}
