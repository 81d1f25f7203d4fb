using System.Text.Json.Nodes;
using LlmKick.Perplexity.Texts;
using LlmKick.Recipes;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;
using LlmKick.Storage;

namespace LlmKick.Runs.Plan;

/// <summary>Makes a plan of a recipe without loading a model.</summary>
/// <param name="facts">Describes components.</param>
/// <param name="identities">Finds out what models are.</param>
/// <param name="hashes">Hashes the calibration text.</param>
internal sealed class RunPlanner(ComponentFacts facts, ModelIdentities identities, CachedHash hashes)
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
        return new RunPlan(recipe, environment, dataType,
            WithTasks(recipe, [.. recipe.Variants.Select(variant => Plan(recipe, variant, common, cancellationToken))], cancellationToken));
    }

    /// <summary>Plans tasks on untouched models first: their answers decide what tasks that need them give elsewhere.</summary>
    private IReadOnlyList<VariantPlan> WithTasks(Recipe recipe, IReadOnlyList<VariantPlan> bare, CancellationToken cancellationToken)
    {
        var untouched = new List<VariantPlan>();
        foreach (var variant in bare.Where(variant => variant.Spec.Stages.Count == 0))
            untouched.Add(WithTasks(recipe, variant, untouched, cancellationToken));
        return [.. bare.Select(variant => untouched.FirstOrDefault(one => one.Name == variant.Name)
            ?? WithTasks(recipe, variant, untouched, cancellationToken))];
    }

    private VariantPlan WithTasks(Recipe recipe, VariantPlan variant, IReadOnlyList<VariantPlan> untouched,
        CancellationToken cancellationToken)
    {
        var reference = untouched.FirstOrDefault(variant.HasWeightsOf);
        return variant with { Reference = reference,
            Tasks = [.. recipe.Tasks.Select(task => Plan(recipe.Judge, task, variant.Fingerprint, reference, cancellationToken))] };
    }

    private VariantPlan Plan(Recipe recipe, VariantSpec variant, JsonObject common, CancellationToken cancellationToken)
    {
        var model = identities.Of(variant.Model, cancellationToken);
        var decides = Model(variant.Model, model);
        decides["environment"] = common.DeepClone();
        var fingerprint = Fingerprint.Of(decides);
        var calibration = variant.Calibration is { } spec ? Calibration(spec) : null;
        var stages = new List<string>();
        foreach (var stage in variant.Stages)
        {
            fingerprint = Weights(variant, stage, calibration, fingerprint);
            stages.Add(Fingerprint.Of(new JsonObject { ["weights"] = fingerprint, ["calibration"] = calibration?.DeepClone() }));
        }
        return new VariantPlan(variant, model, stages, fingerprint, Tasks: []);
    }

    /// <summary>A model's own settings and what its files hold, wherever they lie.</summary>
    private JsonObject Model(ComponentUse use, ModelIdentity identity) => new()
    {
        ["model"] = facts.Settings(use),
        ["content"] = identity.ContentHash,
        ["tokenizer"] = identity.TokenizerHash,
    };

    /// <summary>Calibration decides the weights of methods that look at activations, and of every method what is reported of its
    /// linears.</summary>
    private string Weights(VariantSpec variant, ComponentUse stage, JsonObject? calibration, string before) => Fingerprint.Of(new JsonObject
    {
        ["before"] = before,
        ["compressor"] = facts.WithData(stage),
        ["seed"] = variant.Seed,
        ["calibration"] = ((ICompressor)stage.Component.Create(stage.Options)).Needs == InputStatistics.None ? null
            : calibration?.DeepClone(),
    });

    private JsonObject Calibration(CalibrationSpec calibration)
    {
        var decides = new JsonObject
        {
            ["text"] = hashes.Of(calibration.File),
            ["format"] = calibration.Messages is null ? Path.GetExtension(calibration.Text) : "messages",
            ["samples"] = calibration.Samples,
            ["length"] = calibration.Length,
            ["take"] = calibration.Take.ToString(),
            ["seed"] = calibration.Seed,
        };
        if (calibration.TextColumn != TextSet.UsualColumn)
            decides["text_column"] = calibration.TextColumn;
        if (calibration.IsShuffled)
            decides["shuffled"] = true;
        if (calibration.Experts != new ExpertCalibration())
            decides["experts"] = calibration.Experts.ToString();
        return decides;
    }

    /// <summary>Who judges decides the scores of tasks that are judged, and the dense variant's answers those of tasks that need
    /// them.</summary>
    private TaskPlan Plan(ComponentUse? judging, TaskSpec task, string variant, VariantPlan? reference, CancellationToken cancellationToken)
    {
        var code = (ITask)task.Task.Component.Create(task.Task.Options);
        var decides = new JsonObject
        {
            ["variant"] = variant,
            ["task"] = facts.WithData(task.Task),
            ["seed"] = task.Seed,
        };
        var judge = code.NeedsJudge && judging is not null ? Model(judging, identities.Of(judging, cancellationToken)) : null;
        if (judge is not null)
            decides["judge"] = judge.DeepClone();
        if (reference is not null && code.NeedsReference)
            decides["reference"] = reference.Task(task.Name).Fingerprint;
        return new TaskPlan(task, Fingerprint.Of(decides)) { Judge = judge is null ? null : Fingerprint.Of(judge) };
    }
}
