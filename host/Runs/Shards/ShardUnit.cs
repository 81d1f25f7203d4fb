using System.Text.Json.Nodes;
using LlmKick.Recipes;
using LlmKick.Runs.LmEval;
using LlmKick.Runs.Plan;
using LlmKick.Runs.Records;
using LlmKick.Runs.Work;
using LlmKick.Storage;

namespace LlmKick.Runs.Shards;

/// <summary>A task on a variant, and where the parts of a run have it.</summary>
/// <param name="parts">The parts.</param>
/// <param name="recipe">The recipe.</param>
/// <param name="variant">The variant.</param>
/// <param name="task">The task.</param>
internal sealed class ShardUnit(IReadOnlyList<ShardFolder> parts, Recipe recipe, VariantPlan variant, TaskPlan task)
{
    private readonly UnitPlace place = UnitPlace.Of(recipe, variant.Name, task.Name);

    private readonly RunFolder? whole = parts.FirstOrDefault(part => new RunRecords(part.Folder) is var records
        && (records.IsDone(variant, task) || records.Of(variant, task)?.Error is not null
            || records.Of(variant)?.Error is not null))?.Folder;

    private readonly List<(RunFolder Folder, TaskPart Part)> pieces =
        [.. parts.Select(part => (part.Folder, Part: new RunRecords(part.Folder).Part(variant, task)))
            .Where(piece => piece.Part is not null).Select(piece => (piece.Folder, piece.Part!))];

    /// <summary>The parts of the run that would have what no folder has.</summary>
    public IEnumerable<int> Missing()
    {
        var count = parts[0].Record.Count;
        if (whole is not null)
            return [];
        if (pieces.Count == 0)
            return Enumerable.Range(1, count).Where(index => new Shard(index, count).Touches(place));
        var missing = Enumerable.Range(0, pieces[0].Part.Batches).Except(pieces.SelectMany(piece => piece.Part.Done))
            .Select(batch => Shard.Owner(count, place, batch));
        return parts.Any(part => new RunRecords(part.Folder).Of(variant) is not null) ? missing
            : missing.DefaultIfEmpty(Shard.Owner(count, place, 0));
    }

    /// <summary>Writes the whole task's result.</summary>
    /// <param name="folder">The folder of the whole run.</param>
    /// <param name="questions">Makes anew what was asked, for files that the task itself makes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task WriteAsync(RunFolder folder, ShardQuestions questions, CancellationToken cancellationToken)
    {
        if (whole is null)
        {
            var batches = Enumerable.Range(0, pieces[0].Part.Batches).Select(Read).ToList();
            var asked = await questions.ListAsync(variant, task, cancellationToken).ConfigureAwait(false);
            new TaskResult(folder, variant, task, task.Create())
                .Write(batches, pieces[0].Part.OutputType, Lines(), pieces[0].Part.BeginOfText, asked);
            return;
        }
        ShardMerge.Copy(whole.Samples(variant.Name, task.Name), folder.Samples(variant.Name, task.Name));
        var own = whole.Own(task.Spec.Task.Component.Name, variant.Name, task.Name);
        foreach (var file in Directory.Exists(own) ? Directory.GetFiles(own) : [])
            ShardMerge.Copy(file, Path.Combine(folder.Own(task.Spec.Task.Component.Name, variant.Name, task.Name), Path.GetFileName(file)));
        ShardMerge.Copy(LmEvalFiles.Samples(whole, variant.Name, task.Name), LmEvalFiles.Samples(folder, variant.Name, task.Name));
        ShardMerge.Copy(whole.TaskRecord(variant.Name, task.Name), folder.TaskRecord(variant.Name, task.Name));
    }

    private BatchRecord Read(int batch)
    {
        var owner = pieces.Find(piece => piece.Part.Done.Contains(batch)).Folder;
        return RunFile.TryReadJson<BatchRecord>(owner.Batch(variant.Name, task.Name, batch))
            ?? throw new Sdk.LlmKickException(
                $"'{owner.Root}' has lost samples of {variant.Name}/{task.Name}: give the command that made it again.");
    }

    private IEnumerable<JsonObject> Lines() => pieces
        .SelectMany(piece => File.ReadLines(piece.Folder.PartLines(variant.Name, task.Name)))
        .Select(line => JsonNode.Parse(line)!.AsObject())
        .DistinctBy(line => (int)line["doc_id"]!).OrderBy(line => (int)line["doc_id"]!);
}
