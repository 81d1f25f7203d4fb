using System.Reflection;
using System.Text.Json.Nodes;
using LlmKick.Recipes;
using LlmKick.Runs.Plan;
using LlmKick.Sdk;
using LlmKick.Storage;
using LlmKick.Terminals;
using TorchSharp;

namespace LlmKick.Runs.Results;

/// <summary>What a run's numbers came from: hashes of model, tokenizer and data, and versions.</summary>
/// <param name="facts">Describes components.</param>
/// <param name="hashes">Hashes the calibration text.</param>
internal sealed class RunSources(ComponentFacts facts, ContentHash hashes)
{
    /// <summary>A variant's model.</summary>
    public static JsonObject Model(VariantPlan variant) => new()
    {
        ["name"] = variant.Model.Name,
        ["kind"] = variant.Spec.Model.Component.Name,
        ["parameters"] = variant.Model.ParameterCount,
        ["blocks"] = variant.Model.BlockCount,
        ["content_hash"] = variant.Model.ContentHash,
        ["tokenizer_hash"] = variant.Model.TokenizerHash,
    };

    /// <summary>Everything besides models.</summary>
    public RunOrigins Of(RunPlan plan) => new(Data(plan.Recipe), Calibrations(plan.Recipe), Versions(plan));

    private JsonObject Calibrations(Recipe recipe) =>
        Json.Map(recipe.Variants.Where(variant => variant is { OwnCalibration: not null, Calibration: not null }), variant => variant.Name,
            variant => Calibration(variant.Calibration!));

    /// <summary>Hashes of everything that the recipe reads besides models.</summary>
    private JsonObject Data(Recipe recipe) => new()
    {
        ["calibration"] = recipe.Calibration is { } calibration ? Calibration(calibration) : null,
        ["tasks"] = Json.Map(recipe.Tasks, task => task.Name, task => facts.Data(task.Task)),
    };

    /// <summary>The hash of a calibration text.</summary>
    private string Calibration(CalibrationSpec calibration) => hashes.Of(calibration.Text);

    /// <summary>Versions of everything that computes.</summary>
    private static JsonObject Versions(RunPlan plan) => new()
    {
        ["llmkick"] = ToolVersion.Full,
        ["sdk"] = Version(typeof(LlmKickException).Assembly),
        ["torchsharp"] = Version(typeof(torch).Assembly),
        ["libtorch"] = plan.Environment.LibTorch,
        ["plugins"] = Json.Map(
            Components(plan.Recipe).Select(use => use.Component.Plugin).DistinctBy(plugin => plugin.Name)
                .OrderBy(plugin => plugin.Name, StringComparer.Ordinal),
            plugin => plugin.Name, plugin => plugin.Version),
    };

    private static IEnumerable<ComponentUse> Components(Recipe recipe) =>
        [recipe.Model, .. recipe.Judge is { } judge ? [judge] : Array.Empty<ComponentUse>(),
            .. recipe.Variants.SelectMany(variant => variant.Stages.Prepend(variant.Model)), .. recipe.Tasks.Select(task => task.Task)];

    private static string? Version(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? assembly.GetName().Version?.ToString();
}
