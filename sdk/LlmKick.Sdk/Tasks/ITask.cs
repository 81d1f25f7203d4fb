using LlmKick.Sdk.Models;

namespace LlmKick.Sdk.Tasks;

/// <summary>Something to measure. Created with its options by the factory given to
/// <see cref="IPluginRegistry.AddTask{TOptions}"/>.</summary>
/// <remarks>A task keeps no state between samples: samples are cut into batches, and a run may go on in another process.</remarks>
public interface ITask
{
    /// <summary>The metrics that <see cref="Aggregate"/> gives, without groups.</summary>
    IReadOnlyList<MetricDescription> Metrics { get; }

    /// <summary>Whether <see cref="ScoreAsync"/> asks <see cref="ScoringContext.Judge"/>: the recipe must then name a judge.</summary>
    bool NeedsJudge => false;

    /// <summary>
    /// Whether the task needs the dense variant's answers. It is then done first on the untouched model, and on every other variant
    /// <see cref="Next(Sample, IReadOnlyList{Exchange}, IReadOnlyList{Exchange}?)"/> and <see cref="ScoringContext.Reference"/> have those
    /// answers.
    /// </summary>
    bool NeedsReference => false;

    /// <summary>Lists the samples, always the same in the same order.</summary>
    /// <param name="context">Tokenizer, context length and seed.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="LlmKickException">The data are missing or malformed.</exception>
    IAsyncEnumerable<Sample> SamplesAsync(TaskContext context, CancellationToken cancellationToken);

    /// <summary>What to ask next about a sample. Asked again with every answer until it is empty.</summary>
    /// <param name="sample">One of this task's samples.</param>
    /// <param name="exchanges">What was asked and answered so far.</param>
    /// <returns>The next requests, or none when the sample is done.</returns>
    IReadOnlyList<Request> Next(Sample sample, IReadOnlyList<Exchange> exchanges);

    /// <summary>What to ask next about a sample, for a task whose questions depend on the dense variant's answers. Others leave it as it
    /// is.</summary>
    /// <param name="sample">One of this task's samples.</param>
    /// <param name="exchanges">What was asked and answered so far.</param>
    /// <param name="reference">
    /// What the dense variant was asked about the sample and answered; null on the dense variant itself, and unless
    /// <see cref="NeedsReference"/>.
    /// </param>
    /// <returns>The next requests, or none when the sample is done.</returns>
    IReadOnlyList<Request> Next(Sample sample, IReadOnlyList<Exchange> exchanges, IReadOnlyList<Exchange>? reference) =>
        Next(sample, exchanges);

    /// <summary>Scores a sample that is done.</summary>
    /// <param name="sample">One of this task's samples.</param>
    /// <param name="exchanges">Everything asked and answered.</param>
    /// <param name="context">Services for scoring.</param>
    /// <param name="cancellationToken">Stops the scoring.</param>
    ValueTask<Scores> ScoreAsync(Sample sample, IReadOnlyList<Exchange> exchanges, ScoringContext context,
        CancellationToken cancellationToken);

    /// <summary>Makes metrics of scores.</summary>
    /// <param name="scores">The scores of all samples, in order.</param>
    IReadOnlyList<Metric> Aggregate(IReadOnlyList<Scores> scores);

    /// <summary>Whether <see cref="Files"/> gives any.</summary>
    bool HasFiles => false;

    /// <summary>
    /// Files of the task's own, which a run keeps in <c>KIND/VARIANT/NAME/</c> beside its records, KIND being the name that recipes write.
    /// They are made once all samples are done, of what was stored of them alone, so that a run that was interrupted has the same.
    /// </summary>
    /// <param name="samples">All samples, in order.</param>
    /// <returns>The files, each under a name of its own.</returns>
    IReadOnlyList<TaskOutput> Files(IReadOnlyList<AnsweredSample> samples) => [];
}
