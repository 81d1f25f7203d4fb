using System.Reflection;
using System.Text.Json.Nodes;
using LlmKick.Hub;
using LlmKick.Recipes;
using LlmKick.Runs.Plan;
using LlmKick.Sdk;
using LlmKick.Storage;
using LlmKick.Terminals;
using TorchSharp;

namespace LlmKick.Runs.Results;

/// <summary>What a run's numbers came from besides models: hashes of data, and versions.</summary>
/// <param name="facts">Describes components.</param>
/// <param name="hashes">Hashes the calibration text.</param>
internal sealed class RunSources(ComponentFacts facts, CachedHash hashes)
{
    /// <summary>Everything.</summary>
    public RunOrigins Of(RunPlan plan) => new(Data(plan.Recipe),
        plan.Recipe.Variants.Where(variant => variant is { OwnCalibration: not null, Calibration: not null })
            .ToDictionary(variant => variant.Name, variant => hashes.Of(variant.Calibration!.File)), Versions(plan));

    /// <summary>Hashes of what a task reads, by option.</summary>
    public JsonObject Of(TaskSpec task) => facts.Data(task.Task);

    private DataResults Data(Recipe recipe) => new(recipe.Calibration is { } calibration ? hashes.Of(calibration.File) : null,
        recipe.Tasks.ToDictionary(task => task.Name, task => (JsonObject?)Of(task)), Fetched(recipe));

    private static List<string>? Fetched(Recipe recipe)
    {
        var paths = Components(recipe).SelectMany(ComponentFacts.Paths).Concat(recipe.Variants.Select(variant => variant.Calibration)
            .Prepend(recipe.Calibration).OfType<CalibrationSpec>().Select(calibration => calibration.File));
        var fetched = paths.Select(HubCache.AddressOf).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
        return fetched.Count > 0 ? fetched : null;
    }

    /// <summary>Versions of everything that computes.</summary>
    private static VersionResults Versions(RunPlan plan) => new(ToolVersion.Full, Version(typeof(LlmKickException).Assembly),
        Version(typeof(torch).Assembly), plan.Environment.LibTorch,
        Components(plan.Recipe).Select(use => use.Component.Plugin).DistinctBy(plugin => plugin.Name)
            .OrderBy(plugin => plugin.Name, StringComparer.Ordinal).ToDictionary(plugin => plugin.Name, plugin => plugin.Version));

    private static IEnumerable<ComponentUse> Components(Recipe recipe) =>
        [recipe.Model, .. recipe.Judge is { } judge ? [judge] : Array.Empty<ComponentUse>(),
            .. recipe.Variants.SelectMany(variant => variant.Stages.Prepend(variant.Model)), .. recipe.Tasks.Select(task => task.Task)];

    private static string? Version(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? assembly.GetName().Version?.ToString();
}
