using System.Text.Json;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Sdk.Testing.Conformance;

/// <summary>What every task must hold to. Inherit it in a public class of a test project.</summary>
/// <example>
/// <code>
/// public sealed class RiddlesConformance : TaskConformance&lt;RiddlesPlugin&gt;
/// {
///     protected override string Name =&gt; "riddles";
///     protected override object Options(TemporaryFolder folder) =&gt; new RiddlesOptions { Path = folder.Write("riddles.csv",
/// "question,answer\nq1,a1\nq2,a2\nq3,a3\n") };
///     protected override IReadOnlyList&lt;WrongData&gt; Wrong =&gt; [new("riddles.csv", "question,answer\nq1\n", Line: 2)];
/// }
/// </code>
/// </example>
/// <typeparam name="TPlugin">The plugin that offers the task.</typeparam>
public abstract partial class TaskConformance<TPlugin> : ComponentConformance<TPlugin>, IDisposable where TPlugin : IPlugin, new()
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Creates the suite.</summary>
    protected TaskConformance() : base(ComponentKind.Task) { }

    /// <summary>Writes small data with at least three samples, and gives options that read them.</summary>
    /// <param name="folder">Where the data go; gone after the test.</param>
    protected abstract object Options(TemporaryFolder folder);

    /// <summary>Data files that must be refused; none for a task without files.</summary>
    protected abstract IReadOnlyList<WrongData> Wrong { get; }

    /// <summary>Whether a sample's score is one that there can be.</summary>
    /// <param name="name">The score's name.</param>
    /// <param name="value">A finite number.</param>
    /// <returns>By default: a score that a metric is named after lies from 0 to 1.</returns>
    protected virtual bool IsInRange(string name, double value) => Make().Metrics.All(metric => metric.Name != name)
        || value is >= 0 and <= 1;

    /// <summary>Whether a metric may be missing where nothing was measured, such as a judge's when no reply has a verdict.</summary>
    /// <param name="metric">The metric's name.</param>
    protected virtual bool MayBeMissing(string metric) => false;

    /// <summary>Answers a request as no task hopes for. To be overridden where a task asks requests of a kind of its own.</summary>
    /// <param name="index">The request's place, which is the response's.</param>
    /// <param name="request">The request.</param>
    /// <param name="kind">What is wrong with the answer.</param>
    /// <exception cref="ArgumentException">The kind of request is not the SDK's.</exception>
    protected virtual Response Hostile(int index, Request request, HostileAnswer kind) => HostileAnswers.To(index, request, kind);

    /// <summary>Two readings give the same samples with the same requests, in the same order, each under an id of its own.</summary>
    [Fact]
    public async Task Samples_ReadTwice_AreTheSameUnderUniqueIds()
    {
        var (first, second) = (Make(), Make());
        var (one, other) = (await Samples(first), await Samples(second));
        Assert.True(one.Count >= 3, $"There are {one.Count} samples: let Options write data for at least three.");
        Assert.True(one.Select(sample => sample.Id).SequenceEqual(other.Select(sample => sample.Id)),
            "Two readings give other ids: let them follow from the data and TaskContext.Seed alone.");
        Assert.True(one.Select(sample => Written(first, sample)).SequenceEqual(other.Select(sample => Written(second, sample))),
            "Two readings give other requests: let them follow from the data and TaskContext.Seed alone.");
        foreach (var twice in one.GroupBy(sample => sample.Id).Where(group => group.Count() > 1))
            Assert.Fail($"The id '{twice.Key}' is there {twice.Count()} times: variants are paired by it, so number what is the same.");
        Assert.All(one, sample => Assert.False(string.IsNullOrWhiteSpace(sample.Id) || sample.Id.Any(char.IsControl),
            $"'{sample.Id}' is no id: give printable text."));
    }

    /// <summary>Another instance can go on with a sample: a run may go on in another process.</summary>
    [Fact]
    public async Task Next_OfAnotherInstance_AsksTheSame()
    {
        var task = Make();
        foreach (var sample in await Samples(task))
            Assert.True(Written(task, sample) == Written(task, sample) && Written(task, sample) == Written(Make(), sample),
                $"What is asked about '{sample.Id}' changes: keep all that Next needs in the sample and the exchanges.");
    }

    /// <summary>Every request is one that a model can answer.</summary>
    [Fact]
    public async Task Next_Requests_AreWellFormed()
    {
        var task = Make();
        foreach (var sample in await Samples(task))
            foreach (var request in task.Next(sample, []))
                Assert.True(RequestCheck.Fault(request, TestContexts.Task()) is not { } fault,
                    $"A request about '{sample.Id}' {RequestCheck.Fault(request, TestContexts.Task())}");
    }

    /// <summary>Whatever a model answers, it is scored with the same names, finite and in range, and the metrics are sound.</summary>
    /// <param name="kind">What the model answers.</param>
    [Theory]
    [InlineData(HostileAnswer.Empty)]
    [InlineData(HostileAnswer.Blank)]
    [InlineData(HostileAnswer.VeryLong)]
    [InlineData(HostileAnswer.ControlCharacters)]
    [InlineData(HostileAnswer.BrokenUnicode)]
    [InlineData(HostileAnswer.Markup)]
    [InlineData(HostileAnswer.Impossible)]
    public async Task Score_HostileAnswers_AreInRange(HostileAnswer kind)
    {
        var task = Make();
        await using var model = new ScriptedModel((index, request) => Hostile(index, request, kind));
        await RequireSound(task, await Samples(task), model);
    }

    /// <summary>The task can be asked of a real model, from samples to metrics.</summary>
    [Fact]
    public async Task Run_OnATinyModel_GivesSoundMetrics()
    {
        var task = Make();
        await using var model = new TinyLlama(1).ToLanguageModel();
        await RequireSound(task, await Samples(task), model);
    }

    /// <summary>Every metric says what it is.</summary>
    [Fact]
    public void Metrics_Descriptions_AreThere()
    {
        var metrics = Make().Metrics;
        Assert.True(metrics.Count > 0, "Metrics is empty: describe what Aggregate gives.");
        Assert.True(metrics.Select(metric => metric.Name).Distinct().Count() == metrics.Count, "Two metrics have one name.");
        Assert.All(metrics, metric => Assert.False(string.IsNullOrWhiteSpace(metric.Help),
            $"The metric '{metric.Name}' has no description: say what is counted, and by which protocol."));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private ITask Make() => (ITask)Create(Options(_folder));

    private static Task<IReadOnlyList<Sample>> Samples(ITask task) =>
        task.ListSamplesAsync(TestContexts.Task(contextLength: TinyLlama.ContextLength));

    private static string Written(ITask task, Sample sample) => JsonSerializer.Serialize(task.Next(sample, []));

    /// <summary>As the dense variant, and beside one where the task needs its answers.</summary>
    private async Task RequireSound(ITask task, IReadOnlyList<Sample> samples, ILanguageModel model)
    {
        await RequireSound(task, samples, model, isBesideDense: false);
        if (task.NeedsReference)
            await RequireSound(task, samples, model, isBesideDense: true);
    }

    private async Task RequireSound(ITask task, IReadOnlyList<Sample> samples, ILanguageModel model, bool isBesideDense)
    {
        var all = new List<Scores>();
        foreach (var sample in samples)
        {
            var failure = await Record.ExceptionAsync(async () => all.Add(await Score(task, sample, model, isBesideDense)));
            Assert.True(failure is null, $"Asking or scoring '{sample.Id}' throws {failure?.GetType().Name} ({failure?.Message}): a model "
                + $"may answer anything, so count empty and odd answers as wrong.");
            foreach (var (name, value) in all[^1].Values)
                Assert.True(double.IsFinite(value) && IsInRange(name, value), $"'{name}' of '{sample.Id}' is {value}: a wrong or empty "
                    + $"answer is worth the least, no more and no less (override IsInRange for another range).");
        }
        foreach (var scores in new[] { all, all[..1] })
            foreach (var fault in MetricCheck.Faults(task.Metrics, task.Aggregate(scores), scores.Count, MayBeMissing))
                Assert.Fail($"Of {scores.Count} samples: {fault}");
    }

    /// <summary>A judge may say anything too.</summary>
    private static async Task<Scores> Score(ITask task, Sample sample, ILanguageModel model, bool isBesideDense)
    {
        await using var judge = new ScriptedModel((index, request) =>
            HostileAnswers.To(index, request, (HostileAnswer)(index % Enum.GetValues<HostileAnswer>().Length)));
        var reference = isBesideDense ? await task.AskAsync(sample, model) : null;
        var exchanges = await task.AskAsync(sample, model, reference);
        return await task.ScoreAsync(sample, exchanges,
            TestContexts.Scoring() with { Judge = task.NeedsJudge ? judge : null, Reference = reference }, CancellationToken.None);
    }
}
