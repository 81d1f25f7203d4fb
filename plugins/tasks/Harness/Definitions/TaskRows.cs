using LlmKick.Harness.Rows;
using LlmKick.Sdk;

namespace LlmKick.Harness.Definitions;

/// <summary>Reads a task's rows, and those that its examples are of, and looks whether they are what the task says.</summary>
/// <param name="task">The task.</param>
/// <param name="folder">The folder of data.</param>
internal sealed class TaskRows(TaskDefinition task, string folder)
{
    // Larger files are looked at when they are asked: a recipe is checked in a moment.
    private const long MostChecked = 32_000_000;

    private readonly DataSource source = task.Source(folder);

    /// <summary>The rows that are evaluated.</summary>
    /// <exception cref="LlmKickException">They are malformed, or their right answers can be none.</exception>
    public async Task<IReadOnlyList<Row>> EvaluatedAsync(CancellationToken cancellationToken)
    {
        var rows = task.Process(await source.ReadAsync(task.EvaluatedSplit.Key, task.EvaluatedSplit.Split!, cancellationToken)
            .ConfigureAwait(false));
        task.RequireTargets(rows);
        return rows;
    }

    /// <summary>The rows that examples are taken from; none where no examples are shown.</summary>
    /// <exception cref="LlmKickException">They are malformed, or too few.</exception>
    public async Task<IReadOnlyList<Row>> PoolAsync(CancellationToken cancellationToken)
    {
        if (task.Shots.Count == 0)
            return [];
        var pool = await AllShotsAsync(cancellationToken).ConfigureAwait(false);
        task.RequireShots(pool.Count);
        return pool;
    }

    /// <summary>Looks at rows of which there are not many.</summary>
    /// <exception cref="LlmKickException">They are malformed, too few, or their right answers can be none.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (source.Size(task.EvaluatedSplit.Split!) <= MostChecked)
            await EvaluatedAsync(cancellationToken).ConfigureAwait(false);
        if (GivenShots || task.Shots.Count == 0 || source.Size(task.ShotSplit().Split!) <= MostChecked)
            await PoolAsync(cancellationToken).ConfigureAwait(false);
    }

    private bool GivenShots => task.Shots is { Split: null, Samples: not null };

    private async Task<IReadOnlyList<Row>> AllShotsAsync(CancellationToken cancellationToken)
    {
        if (GivenShots)
            return [.. task.Shots.Samples!.Select((row, i) => new Row($"{task.File.Place("fewshot_config")}, sample {i}", row))];
        var (key, split) = task.ShotSplit();
        var rows = task.Process(await source.ReadAsync(key, split!, cancellationToken).ConfigureAwait(false));
        if (task.Shots.Indices is not { } indices)
            return rows;
        if (indices.FirstOrDefault(index => index >= rows.Count, -1) is >= 0 and var wrong)
            throw task.File.Fault("fewshot_config", $"`fewshot_indices` names row {wrong}, and the split '{split}' has {rows.Count}.");
        return [.. indices.Select(index => rows[index])];
    }
}
