using System.Globalization;
using LlmKick.Runs.Records;
using LlmKick.Runs.Results;
using LlmKick.Sdk;
using LlmKick.Storage;

namespace LlmKick.Reports.Samples;

/// <summary>The samples of a task on a variant.</summary>
/// <param name="path">The file they are in.</param>
/// <param name="rows">The samples, in order.</param>
internal sealed class SampleTable(string path, IReadOnlyList<SampleRow> rows)
{
    private readonly Lazy<Dictionary<string, int>> places =
        new(() => rows.Index().ToDictionary(row => row.Item.Id, row => row.Index, StringComparer.Ordinal));

    /// <summary>The samples, in order.</summary>
    public IReadOnlyList<SampleRow> Rows => rows;

    /// <summary>Reads the samples that have the score that a task is compared in.</summary>
    /// <param name="variant">The variant.</param>
    /// <param name="task">The task.</param>
    /// <exception cref="LlmKickException">They are damaged, or cannot be what the results tell of.</exception>
    public static SampleTable Read(VariantResults variant, TaskMeaning task)
    {
        var path = variant.Origin.Folder.Samples(variant.Origin.Name, task.Name);
        var (rows, reader) = (new List<SampleRow>(), new SampleLine(task.Main.Score));
        if (File.Exists(path))
        {
            JsonLinesFile.Read(path, (offset, line) => rows.Add(reader.Read(offset, line)));
            Check(path, rows, variant.Find(task.Name)?.Samples);
        }
        rows.RemoveAll(row => double.IsNaN(row.Score));
        Check(variant, task, rows);
        return new SampleTable(path, rows);
    }

    /// <summary>A share of samples, and what is the exponential of a mean, are within what the samples can give.</summary>
    private static void Check(VariantResults variant, TaskMeaning task, List<SampleRow> rows)
    {
        if (rows.Count == 0 || variant.Metric(task.Name, task.Main.Name) is not { } told)
            return;
        var isShare = rows.TrueForAll(row => row.Score is 0 or 1);
        var (low, high) = task.Main.ExponentialOf is not null
            ? (Math.Exp(rows.Min(row => row.Score)), Math.Exp(rows.Max(row => row.Score)))
            : isShare ? (0, 1) : (double.NaN, double.NaN);
        if (!MetricRecord.Holds(low, told.Value, high))
            throw new LlmKickException(string.Create(CultureInfo.InvariantCulture, $"'{variant.Origin.Folder.Results}' is damaged, or was "
                + $"changed by hand: '{told.Name}' of '{task.Name}' of '{variant.Origin.Name}' is {told.Value}, and its samples can give "
                + $"no less than {low} and no more than {high}. {DamagedLine.Advice}"));
    }

    private static void Check(string path, List<SampleRow> rows, int? count)
    {
        var different = rows.DistinctBy(row => row.Id).Count();
        if (count is { } told && told != different)
            throw new LlmKickException($"'{path}' has {rows.Count} samples, {different} of them different, "
                + $"and results.json tells of {told}. {DamagedLine.Advice}");
        if (different < rows.Count)
            throw new LlmKickException($"'{path}' has samples twice. {DamagedLine.Advice}");
    }

    /// <summary>A sample of one id, which is probably at the same place as in the other table; or null.</summary>
    public SampleRow? Find(string id, int place) =>
        place < rows.Count && rows[place].Id == id ? rows[place] : places.Value.TryGetValue(id, out var found) ? rows[found] : null;

    /// <summary>A sample's line.</summary>
    public byte[] Line(SampleRow row) => JsonLinesFile.ReadAt(path, row.Offset, row.Length);
}
