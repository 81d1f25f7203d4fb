using System.Runtime.CompilerServices;
using LlmKick.Kick.Chat;
using LlmKick.Kick.Judging;
using LlmKick.Sdk;
using LlmKick.Sdk.Chat;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Kick.Instruct;

/// <summary>Questions that ask for free answers; a second turn sees the first answer.</summary>
internal sealed class InstructTask(InstructOptions options) : ITask
{
    /// <inheritdoc/>
    public IReadOnlyList<MetricDescription> Metrics { get; } =
    [
        .. JudgeScores.OfAnswers(options),
        .. AnswerScorer.Metrics.Where(metric => metric.Name != AnswerScorer.ReferenceMetric || options.References is not null),
        .. ReasoningScores.Metrics,
    ];

    /// <inheritdoc/>
    public bool NeedsJudge => options.JudgePrompts is not null;

    /// <inheritdoc/>
    public bool NeedsReference => options.NeedsReference();

    /// <inheritdoc/>
    public async IAsyncEnumerable<Sample> SamplesAsync(TaskContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var writer = new ConversationWriter(ChatWriter.Create(context.Tokenizer, options.Chat), options.System, context.ContextLength,
            options.MaxNewTokens);
        var conversations = await ConversationFile.ReadAsync(options.Path, options.References, cancellationToken).ConfigureAwait(false);
        var judging = await JudgeSetup.ReadAsync(options, cancellationToken).ConfigureAwait(false);
        foreach (var name in options.Categories.Except(conversations.Select(one => one.Category)))
            throw new LlmKickException($"{options.Path}: no question is of the category '{name}' that `categories` names; there are "
                + $"{string.Join(", ", conversations.Select(one => one.Category).Distinct())}.");
        foreach (var group in conversations.GroupBy(one => one.Category)
            .Where(group => options.Categories.Count == 0 || options.Categories.Contains(group.Key)))
            foreach (var index in Subset.Choose(group.Count(), options.Limit, options.Take, context.Seed))
                yield return new InstructSample(group.ElementAt(index), writer, judging, context.Seed);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Request> Next(Sample sample, IReadOnlyList<Exchange> exchanges)
    {
        var asked = (InstructSample)sample;
        var questions = asked.Conversation.Questions;
        if (exchanges.Count == questions.Count)
            return [];
        var sampling = options.SamplingOf(asked.Seed, asked.Id, turn: exchanges.Count);
        return asked.Writer.Next(questions, [.. Answers(exchanges).Select(answer => answer.Answer)], sampling) is { } request
            ? [request] : [];
    }

    /// <inheritdoc/>
    public async ValueTask<Scores> ScoreAsync(Sample sample, IReadOnlyList<Exchange> exchanges, ScoringContext context,
        CancellationToken cancellationToken)
    {
        var (asked, answers) = ((InstructSample)sample, Answers(exchanges).ToList());
        var scores = AnswerScorer.Score(asked.Conversation, answers).WithReasoning(answers);
        if (asked.Judging is null || answers.Count == 0)
            return scores;
        var judge = new AnswerJudge(asked.Judging, new JudgeClient(context.Judge, options.JudgeTokens));
        var dense = context.Reference is { } reference ? Answers(reference).Select(answer => answer.Answer).ToList() : null;
        var grade = await judge.GradeAsync(asked.Conversation, [.. answers.Select(answer => answer.Answer)], dense, options.NoiseFloor
            && dense is null, cancellationToken).ConfigureAwait(false);
        return grade.AddTo(scores);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Aggregate(IReadOnlyList<Scores> scores) => [.. Metrics.Except(ReasoningScores.Metrics)
        .SelectMany(metric => AnswerScorer.IsProportion(metric.Name) || metric.Name == JudgeScores.Unparsable
        ? ScoreMetrics.Proportion(metric.Name, scores)
        : ScoreMetrics.Mean(metric.Name, scores)), .. ReasoningScores.Aggregate(scores)];

    private static IEnumerable<GenerateResponse> Answers(IReadOnlyList<Exchange> exchanges) =>
        exchanges.Select(exchange => (GenerateResponse)exchange.Response);
}
