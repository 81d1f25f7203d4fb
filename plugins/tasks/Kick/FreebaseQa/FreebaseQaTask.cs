using System.Globalization;
using System.Runtime.CompilerServices;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Kick.FreebaseQa;

/// <summary>Factoid questions without context, with the prompt of the released code.</summary>
internal sealed class FreebaseQaTask(FreebaseQaOptions options) : ITask
{
    /// <inheritdoc/>
    public IReadOnlyList<MetricDescription> Metrics { get; } =
    [
        new(ScoreNames.Strict, HigherIsBetter: true, Chance: null, $"any name of any right answer as whole words in the first line of the "
            + $"output, unless it lists candidates that are not all right: {CandidateList.Meaning}"),
        new(ScoreNames.Paper, HigherIsBetter: true, Chance: null,
            $"a name of the first answer anywhere in prompt and output, spaces deleted, as in the paper's code; at most {Budget(options)}"),
        .. ReasoningScores.Metrics,
    ];

    /// <inheritdoc/>
    public async IAsyncEnumerable<Sample> SamplesAsync(TaskContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var questions = await FreebaseQaFile.ReadAsync(options.Path, cancellationToken).ConfigureAwait(false);
        foreach (var index in Subset.Choose(questions.Count, options.Limit, options.Take, context.Seed))
            yield return Sample(questions[index], context);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Request> Next(Sample sample, IReadOnlyList<Exchange> exchanges)
    {
        var question = (FreebaseQaSample)sample;
        return exchanges.Count == 0
            ? [new GenerateRequest(question.Prompt, question.MaxNewTokens, []) { Sampling = question.Sampling }] : [];
    }

    /// <inheritdoc/>
    public ValueTask<Scores> ScoreAsync(Sample sample, IReadOnlyList<Exchange> exchanges, ScoringContext context,
        CancellationToken cancellationToken)
    {
        var question = (FreebaseQaSample)sample;
        var response = (GenerateResponse)exchanges[0].Response;
        return ValueTask.FromResult(FreebaseQaScorer.Score(question.Question, question.PromptReadBack, response.Answer)
            .WithReasoning(response));
    }

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Aggregate(IReadOnlyList<Scores> scores) => 
        [.. ScoreMetrics.Proportion(ScoreNames.Strict, scores), .. ScoreMetrics.Proportion(ScoreNames.Paper, scores),
            .. ReasoningScores.Aggregate(scores)];

    private FreebaseQaSample Sample(FreebaseQaQuestion question, TaskContext context)
    {
        var separator = options.Prompt == AnswerSeparator.Newline ? '\n' : ' ';
        var text = $"Please give answer to this question: {question.Text}{separator}The answer is ";
        var prompt = Prompt.Opening(text, context.Tokenizer);
        var room = context.ContextLength - prompt.Tokens.Count;
        if (room < 1)
            throw new LlmKickException(
                $"{options.Path}: question {question.Index} has {prompt.Tokens.Count} tokens and leaves no room in the model's context of "
                    + $"{context.ContextLength}; leave it out.");
        var most = Math.Min(room, options.MaxNewTokens ?? (options.MaxLengthFactor - 1) * prompt.Tokens.Count);
        var id = question.Index.ToString(CultureInfo.InvariantCulture);
        return new FreebaseQaSample(id, question, prompt, context.Tokenizer.Decode(prompt.Tokens, skipSpecial: true), most,
            options.SamplingOf(context.Seed, id));
    }

    private static string Budget(FreebaseQaOptions options) =>
        options.MaxNewTokens is { } most ? $"{most} tokens of output" : $"{options.MaxLengthFactor} times the prompt's tokens";
}
