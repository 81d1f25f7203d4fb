using LlmKick.Runs.Plan;
using LlmKick.Runs.Records;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;
using Microsoft.Extensions.Logging;

namespace LlmKick.Runs.Work;

/// <summary>Samples of tasks, listed once for each task and tokenizer.</summary>
/// <param name="logger">Takes the tasks' messages.</param>
internal sealed partial class SampleLists(ILogger logger)
{
    private readonly Dictionary<(string Task, string Tokenizer, int Context), TaskSamples> lists = [];

    /// <summary>The samples of a task for a model.</summary>
    public Task<TaskSamples> ListAsync(TaskPlan plan, ILanguageModel model, CancellationToken cancellationToken) =>
        model.Tokenizer is { } tokenizer
            ? ListAsync(plan, tokenizer, model.Description.ContextLength, cancellationToken)
            : throw new LlmKickException($"'{model.Description.Name}' has no tokenizer here, and tasks ask in tokens.");

    /// <summary>The samples of a task for a tokenizer and a context length.</summary>
    public async Task<TaskSamples> ListAsync(TaskPlan plan, ITokenizer tokenizer, int contextLength, CancellationToken cancellationToken)
    {
        var key = (plan.Name, tokenizer.Hash, contextLength);
        if (lists.TryGetValue(key, out var known))
            return known;
        var list = await TaskSamples.ListAsync(plan.Create(), new TaskContext
        {
            Tokenizer = tokenizer,
            ContextLength = contextLength,
            Seed = plan.Spec.Seed,
            Logger = logger,
        }, cancellationToken).ConfigureAwait(false);
        var repeats = list.Repeats.OfType<string>().ToList();
        if (repeats.Count > 0)
            TellRepeats(logger, plan.Name, repeats.Count, list.Samples.Count, repeats.Distinct().Count());
        return lists[key] = list;
    }

    [LoggerMessage(LogLevel.Warning,
        "{Task}: {Count} of {All} samples ask what others ask too ({Questions} different); what is asked twice counts once in intervals.")]
    private static partial void TellRepeats(ILogger logger, string task, int count, int all, int questions);
}
