using System.Globalization;
using System.Runtime.CompilerServices;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Kick.TriviaQa;

/// <summary>Questions with evidence or without, with the prompts of the released code.</summary>
internal sealed class TriviaQaTask(TriviaQaOptions options) : ITask
{
    /// <inheritdoc/>
    public IReadOnlyList<MetricDescription> Metrics { get; } =
    [
        new(TriviaQaScorer.StrictMatch, HigherIsBetter: true, Chance: null,
            "the first line is a right answer, by TriviaQA's own evaluation (case, punctuation and articles do not count)"),
        new(TriviaQaScorer.PaperMatch, HigherIsBetter: true, Chance: null, "an answer is part of the first line or the first line part of "
            + "an answer, as in the paper's code: an empty line is always right"),
        new(TriviaQaScorer.F1, HigherIsBetter: true, Chance: null,
            "F1 of the first line's words, the best over right answers, by TriviaQA's own evaluation"),
        new(TriviaQaScorer.EmptyAnswer, HigherIsBetter: false, Chance: null,
            "nothing is left of the first line without punctuation and articles; exact_match.paper counts these as right"),
        .. options.Context == ContextSource.Closed
            ? Array.Empty<MetricDescription>()
            : [new(TriviaQaScorer.AnswerInContext, HigherIsBetter: true, Chance: null,
                "the prompt's context has a right answer as whole words; the model has no part in it")],
        .. ReasoningScores.Metrics,
    ];

    /// <inheritdoc/>
    public async IAsyncEnumerable<Sample> SamplesAsync(TaskContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var set = await TriviaQaFile.ReadAsync(options.Path, options.Evidence, options.Context != ContextSource.Closed, cancellationToken)
            .ConfigureAwait(false);
        set.LeftOut.Tell(context.Logger, options.Path);
        var reader = new ContextReader(options, set.Paragraphs);
        foreach (var index in Subset.Choose(set.Questions.Count, options.Limit, options.Take, context.Seed))
            yield return Sample(set.Questions[index],
                await reader.ReadAsync(set.Questions[index], cancellationToken).ConfigureAwait(false), context);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Request> Next(Sample sample, IReadOnlyList<Exchange> exchanges) =>
        exchanges.Count == 0 ? [new GenerateRequest(((TriviaQaSample)sample).Prompt, options.MaxNewTokens,
            []) { Sampling = ((TriviaQaSample)sample).Sampling }] : [];

    /// <inheritdoc/>
    public ValueTask<Scores> ScoreAsync(Sample sample, IReadOnlyList<Exchange> exchanges, ScoringContext context,
        CancellationToken cancellationToken)
    {
        var response = (GenerateResponse)exchanges[0].Response;
        return ValueTask.FromResult(TriviaQaScorer.Score((TriviaQaSample)sample, response.Answer).WithReasoning(response));
    }

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Aggregate(IReadOnlyList<Scores> scores) =>
        [.. Metrics.Except(ReasoningScores.Metrics).SelectMany(metric => metric.Name == TriviaQaScorer.F1
            ? ScoreMetrics.Mean(metric.Name, scores)
            : ScoreMetrics.Proportion(metric.Name, scores)), .. ReasoningScores.Aggregate(scores)];

    private TriviaQaSample Sample(TriviaQaQuestion question, string evidence, TaskContext context)
    {
        var asked = options.Context == ContextSource.Closed ? "Answer these questions:" : "Based on these texts, answer these questions:";
        var text = $"{evidence}\n\n{asked}\n\nQ: {question.Text}\nA:".Trim();
        var prompt = Prompt.Opening(text, context.Tokenizer);
        if (prompt.Tokens.Count + options.MaxNewTokens > context.ContextLength)
            throw new LlmKickException(
                $"{options.Path}: the prompt of question {question.Index} has {prompt.Tokens.Count} tokens, and with {options.MaxNewTokens}"
                    + $" for the answer exceeds the model's context of {context.ContextLength}; lower `characters` or `passages`.");
        bool? holds = options.Context == ContextSource.Closed ? null
            : question.Answers.Any(answer => TriviaQaText.HasWords(TriviaQaText.Normalize(evidence), answer));
        var id = question.Index.ToString(CultureInfo.InvariantCulture);
        return new TriviaQaSample(id, question.Answers, prompt, holds, question.Cluster, options.SamplingOf(context.Seed, id));
    }
}
