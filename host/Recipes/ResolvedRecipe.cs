using System.Text.Json.Nodes;
using LlmKick.Options;
using LlmKick.Recipes.Binding;
using LlmKick.Sdk.Checkpoints;

namespace LlmKick.Recipes;

/// <summary>A recipe as resolved, in JSON: sweeps expanded, names derived, always in the same order.</summary>
internal static class ResolvedRecipe
{
    public static JsonObject Create(string name, RecipeSettings settings, ComponentUse model, ComponentUse? judge,
        BoundOptions? calibration, IEnumerable<VariantSpec> variants, IEnumerable<TaskSpec> tasks, BoundOptions? require,
        IEnumerable<BoundOptions> references)
    {
        var json = Create(name, settings, model, judge, calibration, variants, tasks);
        if (require is not null)
            json["require"] = require.Given;
        if (references.Select(reference => (JsonNode?)reference.Given).ToArray() is { Length: > 0 } printed)
            json["references"] = new JsonArray(printed);
        return json;
    }

    private static JsonObject Create(string name, RecipeSettings settings, ComponentUse model, ComponentUse? judge,
        BoundOptions? calibration, IEnumerable<VariantSpec> variants, IEnumerable<TaskSpec> tasks) => new()
    {
        ["name"] = name,
        ["model"] = Component(model),
        ["judge"] = judge is null ? null : Component(judge),
        ["calibration"] = calibration?.Given,
        ["seed"] = settings.Seed,
        ["device"] = settings.Device?.ToString(),
        ["dtype"] = OptionScalar.Format(settings.Dtype),
        ["variants"] = new JsonArray([.. variants.Select(variant => Variant(variant, model))]),
        ["tasks"] = new JsonArray([.. tasks.Select(Task)]),
    };

    private static JsonObject Task(TaskSpec task)
    {
        var json = new JsonObject { ["name"] = task.Name, ["use"] = Component(task.Task), ["seed"] = task.Seed };
        if (task.Group is { } group)
            json["group"] = group;
        return json;
    }

    private static JsonObject Variant(VariantSpec variant, ComponentUse model)
    {
        var json = new JsonObject { ["name"] = variant.Name, ["use"] = new JsonArray([.. variant.Stages.Select(Component)]),
            ["seed"] = variant.Seed };
        if (variant.Model != model)
            json["model"] = Component(variant.Model);
        if (variant.OwnCalibration is { } calibration)
            json["calibration"] = calibration.DeepClone();
        if (variant.Group is { } group)
            json["group"] = group;
        if (variant.Saves.Count > 0)
            json["save"] = new JsonArray([.. variant.Saves.Select(Save)]);
        return json;
    }

    private static JsonObject Save(SaveSpec save)
    {
        var json = new JsonObject { ["format"] = save.Format, ["type"] = save.Type, ["keep_dense"] = save.KeepDense };
        if (save.Path is not null)
            json["path"] = save.Path;
        if (save.OneType)
            json["one_type"] = true;
        if (save.Layout != ExpertLayout.Source)
            json["layout"] = OptionScalar.Format(save.Layout);
        return json;
    }

    private static JsonObject Component(ComponentUse use) => new() { [use.Component.Name] = use.Given.DeepClone() };
}
