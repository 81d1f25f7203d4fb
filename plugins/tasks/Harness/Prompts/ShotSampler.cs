using LlmKick.Harness.Definitions;
using LlmKick.Harness.Rows;
using LlmKick.Sdk.Statistics;

namespace LlmKick.Harness.Prompts;

/// <summary>Chooses worked examples, row by row in order: the draws of a row follow those of all before it.</summary>
/// <param name="task">The task.</param>
/// <param name="pool">What is chosen from.</param>
internal sealed class ShotSampler(TaskDefinition task, IReadOnlyList<Row> pool)
{
    private readonly MersenneTwister random = new(task.Shots.Seed);

    /// <summary>The examples of the next row.</summary>
    /// <exception cref="Sdk.LlmKickException">There are too few.</exception>
    public IReadOnlyList<Row> Next(Row row)
    {
        var count = task.Shots.Count;
        if (count == 0)
            return [];
        var drawn = task.LeavesRowOut ? count + 1 : count;
        var chosen = Take(pool, drawn);
        if (!task.LeavesRowOut)
            return chosen;
        IReadOnlyList<Row> others = [.. chosen.Where(shot => shot.Json != row.Json).Take(count)];
        // Rows equal to this one were among them: it is chosen once more, from all others.
        return others.Count == count ? others : Take([.. pool.Where(shot => shot.Json != row.Json)], count);
    }

    private IReadOnlyList<Row> Take(IReadOnlyList<Row> rows, int count)
    {
        if (count > rows.Count)
            throw task.File.Fault(task.ShotSplit().Key, $"{count} examples are wanted, and only {rows.Count} rows differ from the row in "
                + $"question; ask for fewer by `num_fewshot`.");
        return task.Shots.TakesFirst ? [.. rows.Take(count)] : random.Sample(rows, count);
    }
}
