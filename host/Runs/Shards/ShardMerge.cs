using LlmKick.Recipes;
using LlmKick.Runs.Plan;
using LlmKick.Runs.Records;
using LlmKick.Runs.Results;
using LlmKick.Sdk;
using LlmKick.Storage;

namespace LlmKick.Runs.Shards;

/// <summary>Puts the parts of a run together: the folder is then the same as if one machine had done everything, but for compressed
/// weights.</summary>
/// <param name="parts">The parts.</param>
/// <param name="folder">The folder of the whole run.</param>
/// <param name="recipe">The recipe, read from a part.</param>
internal sealed class ShardMerge(IReadOnlyList<ShardFolder> parts, RunFolder folder, Recipe recipe)
{
    private readonly ShardRecord record = parts[0].Record;
    private readonly RunPlan plan = PlanOf(parts[0].Record, recipe);

    /// <summary>What the whole run was planned to be.</summary>
    public RunPlan Plan => plan;

    /// <summary>Where its data came from.</summary>
    public RunOrigins Origins => record.Origins;

    /// <summary>Writes the whole run, all but its reports.</summary>
    /// <param name="questions">Makes anew what was asked, for files that tasks themselves make.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="LlmKickException">A part is missing or not finished.</exception>
    /// <exception cref="StorageException">The folder cannot be written.</exception>
    public async Task WriteAsync(ShardQuestions questions, CancellationToken cancellationToken)
    {
        var units = plan.Variants.SelectMany(variant => variant.Tasks.Select(task => new ShardUnit(parts, recipe, variant, task))).ToList();
        new MissingParts(parts).Check(units);
        if (parts[0].Folder.ReadRecipe() is { } origin)
            folder.WriteRecipe(origin);
        folder.WriteState(new RunState(RunState.CurrentFormat, record.Environment.Device, record.DataType));
        foreach (var variant in plan.Variants)
            CopyVariant(variant);
        foreach (var unit in units)
            await unit.WriteAsync(folder, questions, cancellationToken).ConfigureAwait(false);
    }

    private static RunPlan PlanOf(ShardRecord record, Recipe recipe) => new(
        recipe with { Resolved = record.Recipe }, record.Environment, record.DataType,
        [.. recipe.Variants.Zip(record.Variants,
            (spec, variant) => new VariantPlan(spec with { Group = variant.Group }, variant.Model, variant.Stages, variant.Fingerprint,
            [.. recipe.Tasks.Select(task => new TaskPlan(task with { Group = record.TaskGroup(task.Name) }, variant.Tasks[task.Name]))]))]);

    /// <summary>A variant that several parts share was made alike in each.</summary>
    private void CopyVariant(VariantPlan variant)
    {
        var maker = parts.FirstOrDefault(part => new RunRecords(part.Folder).Of(variant) is not null)?.Folder
            ?? throw new LlmKickException($"No part has a record of '{variant.Name}' that can be read, "
                + $"'{parts[0].Folder.VariantRecord(variant.Name)}' or another's: run the part that made it again, which computes "
                + $"nothing that is there.");
        Copy(maker.Layers(variant.Name), folder.Layers(variant.Name));
        Copy(maker.VariantRecord(variant.Name), folder.VariantRecord(variant.Name));
        foreach (var requests in Directory.EnumerateFiles(Path.GetDirectoryName(maker.Requests("x"))!))
            Copy(requests, folder.Requests(Path.GetFileNameWithoutExtension(requests)));
    }

    /// <summary>Copies a file, where there is one.</summary>
    public static void Copy(string from, string to)
    {
        if (!File.Exists(from))
            return;
        using var source = File.OpenRead(from);
        RunFile.Write(to, source.CopyTo);
    }
}
