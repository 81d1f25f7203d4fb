using System.Text.Json.Nodes;
using LlmKick.Data;
using LlmKick.Recipes;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Runs;

/// <summary>Makes a plan of a recipe without loading a model.</summary>
/// <param name="facts">Describes components.</param>
/// <param name="identities">Finds out what models are.</param>
/// <param name="hashes">Hashes the calibration text.</param>
internal sealed class RunPlanner(ComponentFacts facts, ModelIdentities identities, ContentHash hashes)
{
    /// <summary>Makes the plan.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="environment">What computes it.</param>
    /// <param name="resolved">What <c>auto</c> meant when the run began, or null for a new run.</param>
    /// <param name="cancellationToken">Stops the reading of files.</param>
    public RunPlan Make(Recipe recipe, RunEnvironment environment, DataType? resolved, CancellationToken cancellationToken)
    {
        var dataType = recipe.DataType == DataType.Auto ? resolved ?? environment.AutoDataType : recipe.DataType;
        var common = environment.Facts();
        common["dtype"] = dataType.ToString();
        return new RunPlan(recipe, environment, dataType, [.. recipe.Variants.Select(variant => Plan(recipe, variant, common, cancellationToken))]);
    }

    private VariantPlan Plan(Recipe recipe, VariantSpec variant, JsonObject common, CancellationToken cancellationToken)
    {
        var model = identities.Of(variant.Model, cancellationToken);
        var fingerprint = Fingerprint.Of(new JsonObject
        {
            ["environment"] = common.DeepClone(),
            ["model"] = facts.Settings(variant.Model),
            ["content"] = model.ContentHash,
            ["tokenizer"] = model.TokenizerHash,
        });
        var calibration = variant.Calibration is { } spec ? Calibration(spec) : null;
        var stages = new List<string>();
        foreach (var stage in variant.Stages)
        {
            fingerprint = Weights(variant, stage, calibration, fingerprint);
            stages.Add(Fingerprint.Of(new JsonObject { ["weights"] = fingerprint, ["calibration"] = calibration?.DeepClone() }));
        }
        return new VariantPlan(variant, model, stages, fingerprint, [.. recipe.Tasks.Select(task => Plan(recipe, task, fingerprint))]);
    }

    /// <summary>Calibration decides the weights of methods that look at activations, and of every method what is reported of its linears.</summary>
    private string Weights(VariantSpec variant, ComponentUse stage, JsonObject? calibration, string before) => Fingerprint.Of(new JsonObject
    {
        ["before"] = before,
        ["compressor"] = facts.WithData(stage),
        ["seed"] = variant.Seed,
        ["calibration"] = ((ICompressor)stage.Component.Create(stage.Options)).Needs == InputStatistics.None ? null : calibration?.DeepClone(),
    });

    private JsonObject Calibration(CalibrationSpec calibration)
    {
        var decides = new JsonObject
        {
            ["text"] = hashes.Of(calibration.Text),
            ["format"] = Path.GetExtension(calibration.Text),
            ["samples"] = calibration.Samples,
            ["length"] = calibration.Length,
            ["take"] = calibration.Take.ToString(),
            ["seed"] = calibration.Seed,
        };
        if (calibration.IsShuffled)
            decides["shuffled"] = true;
        return decides;
    }

    /// <summary>Who judges decides the scores of tasks that are judged.</summary>
    private TaskPlan Plan(Recipe recipe, TaskSpec task, string variant)
    {
        var decides = new JsonObject
        {
            ["variant"] = variant,
            ["task"] = facts.WithData(task.Task),
            ["seed"] = task.Seed,
        };
        if (recipe.Judge is { } judge && ((ITask)task.Task.Component.Create(task.Task.Options)).NeedsJudge)
            decides["judge"] = facts.WithData(judge);
        return new TaskPlan(task, Fingerprint.Of(decides));
    }
}
