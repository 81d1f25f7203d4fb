using System.Globalization;
using System.Runtime.CompilerServices;
using CsvHelper;
using CsvHelper.Configuration;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;
using LlmKick.Sdk.Tasks;

namespace LlmKick.OwnData.Tables;

/// <summary>Reads a user's file: JSONL with one object a line, or CSV (TSV) whose first line names the columns.</summary>
internal static class Table
{
    /// <summary>The rows that a task keeps, in the file's order.</summary>
    public static async IAsyncEnumerable<Row> ChooseAsync(string path, int? limit, SampleChoice take, int seed,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = await ReadAsync(path, cancellationToken).ConfigureAwait(false);
        foreach (var index in Subset.Choose(rows.Count, limit, take, seed))
            yield return rows[index];
    }

    public static async Task<IReadOnlyList<Row>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            throw new LlmKickException($"{path}: no such file; give .jsonl with one JSON object a line, .csv or .tsv.");
        var content = await TextFile.ReadAsync(path, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<Row> rows = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".csv" => Csv(path, content, ","),
            ".tsv" => Csv(path, content, "\t"),
            ".jsonl" or ".json" or ".ndjson" => JsonRows.Read(path, content),
            var other => throw new LlmKickException(
                $"{path}: files that end in '{other}' are not read; give .jsonl with one JSON object a line, .csv or .tsv."),
        };
        return rows.Count > 0 ? rows : throw new LlmKickException($"{path}: there are no rows; give a file with at least one.");
    }

    private static List<Row> Csv(string path, string content, string delimiter)
    {
        using var reader = new CsvReader(new StringReader(content),
            new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = delimiter });
        var rows = new List<Row>();
        try
        {
            if (!reader.Read() || !reader.ReadHeader())
                return rows;
            var columns = reader.HeaderRecord!;
            if (columns.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
                throw new LlmKickException($"{path}:1: the column '{twice.Key}' is there twice; give each column a name of its own.");
            while (reader.Read())
                rows.Add(Row(path, reader, columns));
            return rows;
        }
        catch (CsvHelperException exception)
        {
            throw new LlmKickException($"{path}:{reader.Context.Parser?.RawRow}: not a row of CSV that fits the first line "
                + $"({exception.Message.Split('\n')[0].Trim()}).", exception);
        }
    }

    private static Row Row(string path, CsvReader reader, string[] columns)
    {
        var line = reader.Context.Parser!.RawRow;
        if (reader.Parser.Count != columns.Length)
            throw new LlmKickException($"{path}:{line}: {reader.Parser.Count} fields where the first line names {columns.Length} columns; "
                + $"quote fields that hold the delimiter.");
        return new Row($"{path}:{line}", line, columns.Select((name, i) => (name, i))
            .ToDictionary(column => column.name, column => (IReadOnlyList<string>)[reader[column.i] ?? ""]));
    }
}
