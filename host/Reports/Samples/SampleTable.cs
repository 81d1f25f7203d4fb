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

    /// <summary>Reads the samples that have a score.</summary>
    /// <param name="variant">The variant.</param>
    /// <param name="task">The task.</param>
    /// <param name="score">The score.</param>
    public static SampleTable Read(VariantResults variant, string task, string score)
    {
        var (path, rows, reader) = (variant.Origin.Folder.Samples(variant.Origin.Name, task), new List<SampleRow>(), new SampleLine(score));
        if (File.Exists(path))
        {
            JsonLinesFile.Read(path, (offset, line) => rows.Add(reader.Read(offset, line)));
            Check(path, rows, variant.Find(task)?.Samples);
        }
        rows.RemoveAll(row => double.IsNaN(row.Score));
        return new SampleTable(path, rows);
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
