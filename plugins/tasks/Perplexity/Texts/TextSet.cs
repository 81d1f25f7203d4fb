using LlmKick.Kick.Questions;
using LlmKick.OwnData.Tables;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;

namespace LlmKick.Perplexity.Texts;

/// <summary>The texts of a data set: rows of Parquet, JSONL, CSV or TSV, or plain files.</summary>
/// <param name="All">The texts in order: one a row, or one a plain file.</param>
/// <param name="Ending">The files' ending, in small letters, such as <c>.parquet</c>.</param>
internal sealed record TextSet(IReadOnlyList<string> All, string Ending)
{
    /// <summary>The column of texts where none is named.</summary>
    public const string UsualColumn = "text";

    /// <summary>What stands between two texts that are joined.</summary>
    public const string BlankLine = "\n\n";

    private const string Needed = "a text file, or .parquet, .jsonl, .csv or .tsv with a column of texts";
    private static readonly string[] Tables = [".parquet", ".jsonl", ".ndjson", ".csv", ".tsv"];

    /// <summary>Whether the texts are rows; else they are whole files.</summary>
    public bool AreRows => Tables.Contains(Ending);

    /// <summary>All of it as one text: rows, and files, are parted by a blank line.</summary>
    public string Whole => string.Join(BlankLine, All);

    /// <summary>The rows, as the datasets library makes them: those of the files, or the lines of plain files with their ends, a blank
    /// line being an empty row.</summary>
    public IEnumerable<string> Rows => AreRows ? All : All.SelectMany(Lines);

    /// <summary>Reads a file, or several of one kind in the order of their names.</summary>
    /// <param name="path">A file, a folder or a pattern.</param>
    /// <param name="column">The column of texts; plain files have none.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="LlmKickException">There are no files, or no such texts in them.</exception>
    public static async Task<TextSet> ReadAsync(string path, string column, CancellationToken cancellationToken)
    {
        var files = FileSet.Of(path);
        if (files.Count == 0)
            throw new LlmKickException($"{path}: no such file; give {Needed}.");
        var endings = files.Select(file => Path.GetExtension(file).ToLowerInvariant()).Distinct().ToList();
        if (endings.Count > 1)
            throw new LlmKickException($"{path}: there are files of several kinds ("
                + $"{string.Join(", ", endings.Order(StringComparer.Ordinal))}); name those of one, such as '*{endings[0]}'.");
        var texts = new List<string>();
        foreach (var file in files)
            texts.AddRange(await ReadAsync(file, endings[0], column, cancellationToken).ConfigureAwait(false));
        return new TextSet(texts, endings[0]);
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(string file, string ending, string column,
        CancellationToken cancellationToken)
    {
        switch (ending)
        {
            case ".parquet":
                return await ParquetAsync(file, column, cancellationToken).ConfigureAwait(false);
            case ".csv" or ".tsv":
                return [.. (await Table.ReadAsync(file, cancellationToken).ConfigureAwait(false)).Select(row => row.Text(column))];
            case ".jsonl" or ".ndjson":
                return JsonLines.Texts(file, await TextFile.ReadAsync(file, cancellationToken).ConfigureAwait(false), column);
            default:
                return column == UsualColumn ? [await TextFile.ReadAsync(file, cancellationToken).ConfigureAwait(false)]
                    : throw new LlmKickException($"{file}: a plain text has no column '{column}'; leave `text_column` out, or "
                        + $"give {Needed}.");
        }
    }

    private static async Task<List<string>> ParquetAsync(string file, string column, CancellationToken cancellationToken)
    {
        var parquet = new ParquetFile(file, Needed);
        var texts = new List<string>();
        var groups = await parquet.CountGroupsAsync().ConfigureAwait(false);
        for (var group = 0; group < groups; group++)
            foreach (var row in await parquet.ReadAsync(group, column, cancellationToken).ConfigureAwait(false))
                texts.Add(row is [{ } text] ? text
                    : throw new LlmKickException($"{file}: row {texts.Count + 1} has {row.Count(one => one is not null)} texts in "
                        + $"'{column}', and one is needed; leave such rows out, or name another column."));
        return texts;
    }

    private static IEnumerable<string> Lines(string content)
    {
        var lines = content.Split('\n');
        for (var i = 0; i < lines.Length - 1; i++)
            yield return string.IsNullOrWhiteSpace(lines[i]) ? "" : lines[i] + "\n";
        if (lines[^1].Length > 0)
            yield return lines[^1];
    }
}
