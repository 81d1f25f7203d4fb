using System.Text.Json.Nodes;
using LlmKick.Runs.Plan;
using LlmKick.Runs.Records;
using LlmKick.Runs.Results;
using LlmKick.Runs.Work;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;

namespace LlmKick.Runs.Shards;

/// <summary>Makes anew what tasks asked in the parts of a run, where their models and data are still here. Only tasks that make files of
/// their own need it.</summary>
/// <param name="samples">Lists samples.</param>
/// <param name="sources">Hashes data.</param>
/// <param name="origins">What the parts' data were.</param>
/// <param name="tell">Takes a line where it cannot be made.</param>
internal sealed class ShardQuestions(SampleLists samples, RunSources sources, RunOrigins origins, Action<string> tell)
{
    /// <summary>What was asked; null where it is not needed, or cannot be told any more.</summary>
    public async Task<TaskSamples?> ListAsync(VariantPlan variant, TaskPlan task, CancellationToken cancellationToken)
    {
        if (task.Create() is not { HasFiles: true } code)
            return null;
        try
        {
            Require(!code.NeedsReference, "it asks by what the untouched model answered");
            Require(JsonNode.DeepEquals(sources.Of(task.Spec), origins.Data.Tasks?.GetValueOrDefault(task.Name)), "its data have changed");
            var tokenizer = variant.CreateLoader().LoadTokenizer();
            Require(tokenizer.Hash == variant.Model.TokenizerHash, "the model's tokenizer has changed");
            return await samples.ListAsync(task, tokenizer, variant.Model.ContextLength, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is LlmKickException || FileFault.Is(fault))
        {
            tell($"{variant.Name}/{task.Name}: the files that the task itself makes are not written "
                + $"({(fault is LlmKickException ? fault.Message : FileFault.Explain(fault)).TrimEnd('.')}): put the parts together where "
                + $"the recipe's model and data are, as they were.");
            return null;
        }
    }

    private static void Require(bool holds, string fault)
    {
        if (!holds)
            throw new LlmKickException(fault);
    }
}
