using LlmKick.Plugins;
using LlmKick.Recipes.Binding;
using LlmKick.Recipes.Yaml;
using LlmKick.Sdk;
using LlmKick.Sdk.Compression;

namespace LlmKick.Recipes;

/// <summary>Makes variants of entries.</summary>
internal sealed class VariantReader(ComponentReader components, SaveReader saves, ProblemList problems)
{
    private readonly NameRegister names = new(problems);
    private readonly HashSet<string> savePaths = new(StringComparer.Ordinal);

    /// <summary>Makes an entry's variants: one for each setting that it sweeps.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="model">The recipe's model; null where it is wrong.</param>
    /// <param name="seed">The recipe's seed.</param>
    /// <param name="calibration">The recipe's calibration data.</param>
    public IEnumerable<VariantSpec> Read(Entry entry, ComponentUse? model, int seed, CalibrationSection calibration)
    {
        var own = entry.Model is null ? model : components.Read(PluginKind.Model, entry.Model).FirstOrDefault()?.Use;
        var uses = entry.Uses.Count == 1 && IsDense(entry.Uses[0]) ? [] : entry.Uses;
        var stages = uses.Select(use => components.Read(PluginKind.Compressor, use)).ToList();
        var save = saves.Read(entry.Save, own);
        if (uses.Count == 0 && entry.Calibration is not null)
            problems.Add(entry.Calibration.Place, "calibration: the untouched model looks at no calibration data: leave it out.");
        if (!calibration.IsGivenFor(entry))
            foreach (var (choices, use) in stages.Zip(uses))
                CheckNeeds(choices, use.Place);
        var data = calibration.Of(entry);
        foreach (var product in CartesianProduct.Of(stages))
            foreach (var used in data)
                foreach (var (value, several) in entry.Seeds(seed))
                    if (Create(entry, product, own, used, value, several) is { } variant)
                        yield return Saved(variant, save, entry.Place);
    }

    private VariantSpec? Create(Entry entry, IReadOnlyList<Stage> stages, ComponentUse? model, CalibrationUse calibration, int seed,
        bool several)
    {
        var given = entry.Settings.Name ?? (stages.Count == 0 ? Entry.Dense : null);
        var group = SpecName.Derive([.. stages.Select(stage => stage.Naming)], given, calibration.Swept);
        var name = several ? SpecName.WithSeed(group, seed) : group;
        if (stages.Count > 0 && name.Equals(Entry.Dense, StringComparison.OrdinalIgnoreCase))
            problems.Add(entry.Place, "the name 'dense' is the untouched model's: choose another.");
        names.Add(name, entry.Place);
        return model is null ? null : new VariantSpec(
            name, [.. stages.Select(stage => stage.Use)], model, seed, several ? group : null, calibration.For(seed, entry.HasSeed),
            calibration.Own?.Given);
    }

    private VariantSpec Saved(VariantSpec variant, IReadOnlyList<SaveSpec> save, Place place)
    {
        foreach (var path in save.Where(spec => spec.Path is not null).Select(spec => spec.PathOf(variant.Name, "", null)))
            if (!savePaths.Add(path))
                problems.Add(place,
                    $"save: '{path}' is the path of two checkpoints: put '{{variant}}' in it, which stands for the variant's name.");
        return variant with { Saves = save, Formats = saves.Formats };
    }

    private void CheckNeeds(IReadOnlyList<Stage> choices, Place place)
    {
        foreach (var stage in choices)
            try
            {
                if (((ICompressor)stage.Component.Create(stage.Bound.Options)).Needs != InputStatistics.None)
                    problems.Add(place, $"'{stage.Component.Name}' looks at the model's inputs, but the recipe has no calibration text: "
                        + $"add a section such as 'calibration: {{ text: FILE, samples: 128, length: 2048 }}'.");
            }
            catch (LlmKickException exception)
            {
                problems.Add(place, $"{stage.Component.Name}: {exception.Message}");
            }
    }

    private static bool IsDense(Node use) => use is ScalarNode { Text: Entry.Dense }
        || use is MapNode { Entries: [{ Key.Text: Entry.Dense, Value: ScalarNode { IsNull: true } or MapNode { Entries.Count: 0 } }] };
}
