using System.Globalization;
using System.Runtime.CompilerServices;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Options;
using LlmKick.Sdk.Tasks;
using LlmKick.Sdk.Testing.Conformance;

namespace LlmKick.Tests.Testing;

/// <summary>How a task can be wrong.</summary>
public enum TaskFault { None, SameIds, EmptyPrompt, IndexesAnswer, Unlimited, NamesNoLine, DividesByZero, Undescribed }

/// <summary>Options of a task with a fault.</summary>
public sealed record BadTaskOptions
{
    [Option("One word a line.", Required = true, IsPath = true, PathKind = PathKind.File)]
    public string Path { get; init; } = "";

    [Option("The most words.", Min = 1)]
    public int? Limit { get; init; }

    [Option("What is wrong with it.")]
    public TaskFault Fault { get; init; }
}

/// <summary>Asks for the word after each word of a file, with a fault.</summary>
internal sealed class BadTask(BadTaskOptions options) : ITask
{
    public IReadOnlyList<MetricDescription> Metrics { get; } =
        [new("accuracy", true, null, options.Fault == TaskFault.Undescribed ? "" : "the answer starts with the word")];

    public async IAsyncEnumerable<Sample> SamplesAsync(TaskContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!File.Exists(options.Path))
            throw new LlmKickException($"{options.Path}: no such file; give one.");
        var words = await File.ReadAllLinesAsync(options.Path, cancellationToken).ConfigureAwait(false);
        foreach (var i in Subset.Choose(words.Length, options.Fault == TaskFault.Unlimited ? null : options.Limit, SampleChoice.First, 0))
            yield return Sample(words[i], i + 1);
    }

    public IReadOnlyList<Request> Next(Sample sample, IReadOnlyList<Exchange> exchanges) => exchanges.Count > 0
        ? []
        : [new GenerateRequest(new Prompt("w", options.Fault == TaskFault.EmptyPrompt ? [] : [119]), 3, [])];

    public ValueTask<Scores> ScoreAsync(Sample sample, IReadOnlyList<Exchange> exchanges, ScoringContext context,
        CancellationToken cancellationToken)
    {
        var text = ((GenerateResponse)exchanges[0].Response).Text;
        var score = options.Fault switch
        {
            TaskFault.IndexesAnswer => text[0] == 'w' ? 1 : 0,
            TaskFault.DividesByZero => 1.0 / text.Length,
            _ => text.StartsWith('w') ? 1.0 : 0,
        };
        return ValueTask.FromResult(new Scores(new Dictionary<string, double> { ["accuracy"] = score }));
    }

    public IReadOnlyList<Metric> Aggregate(IReadOnlyList<Scores> scores) => [.. ScoreMetrics.Proportion("accuracy", scores)];

    private Sample Sample(string word, int line) => word.Length is > 0 and < 20 && word.All(char.IsAsciiLetterOrDigit)
        ? new Sample(options.Fault == TaskFault.SameIds ? "word" : line.ToString(CultureInfo.InvariantCulture))
        : throw new LlmKickException(options.Fault == TaskFault.NamesNoLine ? "a word is wrong; mend it."
            : $"{options.Path}:{line}: not a word; mend it.");
}

/// <summary>The suite on a task with a fault.</summary>
internal sealed class BadTaskSuite(TaskFault fault) : TaskConformance<BadPlugin>
{
    protected override string Name => "bad";

    protected override object Options(TemporaryFolder folder) =>
        new BadTaskOptions { Path = folder.Write("words.txt", "one\ntwo\nthree\n"), Fault = fault };

    protected override IReadOnlyList<WrongData> Wrong => [new("words.txt", "one\n?\n", Line: 2)];
}
