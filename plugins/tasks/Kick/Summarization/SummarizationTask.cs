using System.Runtime.CompilerServices;
using LlmKick.Kick.Chat;
using LlmKick.Kick.Judging;
using LlmKick.Kick.Questions;
using LlmKick.Sdk;
using LlmKick.Sdk.Chat;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Kick.Summarization;

/// <summary>News stories of three lengths, summarized.</summary>
internal sealed class SummarizationTask(SummarizationOptions options) : ITask
{
    /// <inheritdoc/>
    public IReadOnlyList<MetricDescription> Metrics { get; } =
        [.. JudgeScores.OfSummaries(options), .. SummaryScorer.Metrics(options.Stem), .. ReasoningScores.Metrics];

    /// <inheritdoc/>
    public bool NeedsJudge => options.JudgePrompts is not null;

    /// <inheritdoc/>
    public bool NeedsReference => options.NeedsReference();

    /// <inheritdoc/>
    public async IAsyncEnumerable<Sample> SamplesAsync(TaskContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var writer = new ConversationWriter(ChatWriter.Create(context.Tokenizer, options.Chat), options.System, context.ContextLength,
            options.MaxNewTokens);
        var left = new LeftOut();
        var stories = await StoryFile.ReadAsync(options.Path, left, cancellationToken).ConfigureAwait(false);
        left.Tell(context.Logger, options.Path);
        var judging = await JudgeSetup.ReadAsync(options, cancellationToken).ConfigureAwait(false);
        foreach (var name in options.Classes.Except(stories.Select(story => story.Class)))
            throw new LlmKickException($"{options.Path}: no story is of the class '{name}' that `classes` names; there are "
                + $"{string.Join(", ", stories.Select(story => story.Class).Distinct())}.");
        foreach (var group in stories.GroupBy(story => story.Class)
            .Where(group => options.Classes.Count == 0 || options.Classes.Contains(group.Key)))
            foreach (var index in Subset.Choose(group.Count(), options.Limit, options.Take, context.Seed))
                yield return Sample(group.ElementAt(index), writer, judging, context.Seed);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Request> Next(Sample sample, IReadOnlyList<Exchange> exchanges) =>
        exchanges.Count == 0 && ((SummarizationSample)sample).Request is { } request ? [request] : [];

    /// <inheritdoc/>
    public async ValueTask<Scores> ScoreAsync(Sample sample, IReadOnlyList<Exchange> exchanges, ScoringContext context,
        CancellationToken cancellationToken)
    {
        var (story, summary) = ((SummarizationSample)sample, Summary(exchanges));
        var scores = SummaryScorer.Score(story, summary, options.Stem)
            .WithReasoning(exchanges.Select(exchange => (GenerateResponse)exchange.Response));
        if (story.Judging is not { } sheet || summary is null)
            return scores;
        var (judge, dense) = (new PairwiseJudge(new JudgeClient(context.Judge, options.JudgeTokens)), context.Reference is null ? null
            : Summary(context.Reference) ?? "");
        var baseline = sheet.AnswersTo(story.Id, dense is null ? null : [dense])?[0];
        var grade = await Grade.BesideAsync(
            other => judge.SummaryAsync(sheet.Prompts.Of(story.Class), story.Asked, summary, other, cancellationToken), summary, baseline,
            options.NoiseFloor && dense is null).ConfigureAwait(false);
        return grade.AddTo(scores);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Aggregate(IReadOnlyList<Scores> scores) => [.. Metrics.Except(ReasoningScores.Metrics)
        .SelectMany(metric => SummaryScorer.IsProportion(metric.Name) || metric.Name == JudgeScores.Unparsable
        ? ScoreMetrics.Proportion(metric.Name, scores)
        : ScoreMetrics.Mean(metric.Name, scores)), .. ReasoningScores.Aggregate(scores)];

    private static string? Summary(IReadOnlyList<Exchange> exchanges) => exchanges.Count == 0 ? null
        : ((GenerateResponse)exchanges[0].Response).Answer;

    private SummarizationSample Sample(Story story, ConversationWriter writer, JudgeSetup? judging, int seed)
    {
        var asked = (options.Highlights == HighlightUse.Keep ? story.Original : story.Instruction + Story.Between + story.Body).Trim();
        var request = writer.Next([asked], [], options.SamplingOf(seed, story.Id));
        return new SummarizationSample(story.Id, story.Class, story.Body, story.Highlights, request, asked, judging);
    }
}
