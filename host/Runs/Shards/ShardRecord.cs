using System.Text.Json.Nodes;
using LlmKick.Runs.Plan;
using LlmKick.Runs.Records;
using LlmKick.Runs.Results;
using LlmKick.Sdk.Models;
using LlmKick.Storage;

namespace LlmKick.Runs.Shards;

/// <summary>What a folder that holds a part of a run must say, so that the parts can be put together without models and data.</summary>
/// <param name="Format">The layout.</param>
/// <param name="Index">Which part it is.</param>
/// <param name="Count">Parts in all.</param>
/// <param name="Environment">What computes.</param>
/// <param name="DataType">What <c>auto</c> meant.</param>
/// <param name="Recipe">The recipe as resolved.</param>
/// <param name="Origins">Hashes of data, and versions.</param>
/// <param name="Variants">The whole plan.</param>
internal sealed record ShardRecord(string Format, int Index, int Count, RunEnvironment Environment, DataType DataType, JsonObject Recipe,
    RunOrigins Origins, IReadOnlyList<ShardVariant> Variants)
{
    /// <summary>The layout that this version writes.</summary>
    public const string CurrentFormat = "llmkick/shard@1";

    /// <summary>Which part it is.</summary>
    public Shard Shard => new(Index, Count);

    /// <summary>A task's name without the seed, or null.</summary>
    public string? TaskGroup(string name) => (string?)Recipe["tasks"]!.AsArray().First(task => (string)task!["name"]! == name)!["group"];

    /// <summary>The record of a plan's part.</summary>
    public static ShardRecord Of(Shard shard, RunPlan plan, RunOrigins origins) =>
        new(CurrentFormat, shard.Index, shard.Count, plan.Environment, plan.DataType, plan.Recipe.Resolved, origins,
            [.. plan.Variants.Select(ShardVariant.Of)]);

    /// <summary>Writes the record of a part into its folder, with the recipe in a form that can be read again; of a whole run, removes
    /// them.</summary>
    public static void Write(RunFolder folder, Shard? shard, RunPlan plan, RunOrigins origins)
    {
        if (shard is null)
        {
            RunFile.Delete(folder.Shard);
            RunFile.Delete(folder.ShardRecipe);
            return;
        }
        RunFile.WriteJson(folder.ShardRecipe, Readable(plan.Recipe.Resolved), RunJson.Line);
        RunFile.WriteJson(folder.Shard, Of(shard, plan, origins), RunJson.Line);
    }

    /// <summary>Sections that are not there are left out, and an untouched model has its name.</summary>
    private static JsonObject Readable(JsonObject resolved)
    {
        var recipe = resolved.DeepClone().AsObject();
        foreach (var missing in recipe.Where(section => section.Value is null).Select(section => section.Key).ToList())
            recipe.Remove(missing);
        foreach (var entry in recipe["variants"]!.AsArray().Concat(recipe["tasks"]!.AsArray()))
            entry!.AsObject().Remove("group");
        foreach (var variant in recipe["variants"]!.AsArray().Where(variant => variant!["use"]!.AsArray().Count == 0))
            variant!["use"] = Recipes.Entry.Dense;
        return recipe;
    }
}
