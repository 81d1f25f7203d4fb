using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using LlmKick.Sdk.Chat;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Kick.Mmlu;

/// <summary>Massive multitask language understanding, few-shot, with the prompt of the released code.</summary>
internal sealed class MmluTask(MmluOptions options) : ITask
{
    /// <inheritdoc/>
    public IReadOnlyList<MetricDescription> Metrics { get; } =
    [
        new(ScoreNames.Strict, HigherIsBetter: true, Chance: 0.25,
            $"the right letter is the most probable of A-D after the prompt; {options.Shots}-shot, average over questions"),
        new(ScoreNames.Paper, HigherIsBetter: true, Chance: 0.25,
            $"one greedy token, whose last character is the right letter, as in the paper's code; {options.Shots}-shot, average over "
                + $"questions"),
        new(ScoreNames.FormatFailure, HigherIsBetter: false, Chance: null, "the greedy token does not end in A, B, C or D"),
        .. options.ChoiceText
            ? [new(ScoreNames.Text, HigherIsBetter: true, Chance: 0.25,
                $"the right answer's text has the greatest log-probability for each byte after the prompt; {options.Shots}-shot")]
            : Array.Empty<MetricDescription>(),
    ];

    /// <inheritdoc/>
    public async IAsyncEnumerable<Sample> SamplesAsync(TaskContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var chat = options.Chat is { } chosen ? ChatWriter.Create(context.Tokenizer, chosen) : null;
        var prompt = new MmluPrompt(context.Tokenizer, context.ContextLength, chat);
        var parquet = MmluParquet.Is(options.Path) ? new MmluParquet(options.Path) : null;
        foreach (var subject in MmluSubjects.All.Keys.Where(s => options.Subjects.Count == 0 || options.Subjects.Contains(s)))
        {
            var examples = await ReadAsync(parquet, "dev", subject, cancellationToken).ConfigureAwait(false);
            var questions = await ReadAsync(parquet, "test", subject, cancellationToken).ConfigureAwait(false);
            foreach (var row in Subset.Choose(questions.Count, options.Limit, options.Take, Seed(subject, context.Seed)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var texts = options.ChoiceText ? prompt.Texts(questions[row]) : [];
                var (written, shots) = prompt.Write(subject, [.. examples.Take(options.Shots)], questions[row], texts);
                yield return new MmluSample($"{subject}/{row}", subject, questions[row].Letter, written, shots, prompt.Letters, texts);
            }
        }
        parquet?.LeftOut.Tell(context.Logger, options.Path);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Request> Next(Sample sample, IReadOnlyList<Exchange> exchanges)
    {
        var question = (MmluSample)sample;
        if (exchanges.Count > 0)
            return [];
        var letters = new ChooseRequest(question.Prompt, question.Letters);
        return question.Texts.Count == 0 ? [letters] : [letters, new ChooseRequest(question.Prompt, question.Texts)];
    }

    /// <inheritdoc/>
    public ValueTask<Scores> ScoreAsync(Sample sample, IReadOnlyList<Exchange> exchanges, ScoringContext context,
        CancellationToken cancellationToken)
    {
        var question = (MmluSample)sample;
        var scores = MmluScorer.Score(question.Subject, question.Letter, (ChooseResponse)exchanges[0].Response);
        return ValueTask.FromResult(exchanges.Count == 1 ? scores
            : MmluScorer.AddText(scores, question, (ChooseResponse)exchanges[1].Response));
    }

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Aggregate(IReadOnlyList<Scores> scores) =>
        [.. Metrics.SelectMany(metric => ScoreMetrics.Proportion(metric.Name, scores))];

    // With the task's seed alone, subjects of one size would all keep the same rows.
    private static int Seed(string subject, int seed) =>
        seed ^ BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(subject)));

    private Task<IReadOnlyList<MmluQuestion>> ReadAsync(MmluParquet? parquet, string split, string subject,
        CancellationToken cancellationToken) => parquet?.ReadAsync(split, subject, cancellationToken)
            ?? MmluFile.ReadAsync(Path.Combine(options.Path, split, $"{subject}_{split}.csv"), cancellationToken);
}
