using LlmKick.Sdk;
using Parquet;
using Parquet.Schema;

namespace LlmKick.Kick.Questions;

/// <summary>Reads texts of a Parquet file, one row group at a time: such files can be larger than memory.</summary>
/// <param name="path">The file.</param>
/// <param name="needed">What it must be, for messages.</param>
internal sealed class ParquetFile(string path, string needed)
{
    private static readonly HashSet<string> ListParts = ["list", "element", "item", "array", "bag"];

    private readonly Dictionary<string, (int Group, IReadOnlyList<IReadOnlyList<string>> Rows)> last = new(StringComparer.Ordinal);

    /// <summary>Whether a file is one, by its name.</summary>
    public static bool Is(string path) => Path.GetExtension(path).Equals(".parquet", StringComparison.OrdinalIgnoreCase);

    /// <summary>The number of row groups.</summary>
    /// <exception cref="LlmKickException">The file is missing or damaged.</exception>
    public Task<int> CountGroupsAsync(CancellationToken cancellationToken) => OpenAsync(reader => Task.FromResult(reader.RowGroupCount), cancellationToken);

    /// <summary>A column's texts in each row of a group: one, or all of a list. The group read last is kept.</summary>
    /// <param name="group">The row group, from 0.</param>
    /// <param name="column">Its name, such as <c>answer.aliases</c>.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="LlmKickException">The file is missing or damaged, or has no such column.</exception>
    public async Task<IReadOnlyList<IReadOnlyList<string>>> ReadAsync(int group, string column, CancellationToken cancellationToken)
    {
        if (!last.TryGetValue(column, out var kept) || kept.Group != group)
            last[column] = kept = (group, await OpenAsync(reader => ReadAsync(reader, group, column, cancellationToken), cancellationToken).ConfigureAwait(false));
        return kept.Rows;
    }

    private async Task<IReadOnlyList<IReadOnlyList<string>>> ReadAsync(ParquetReader reader, int group, string column, CancellationToken cancellationToken)
    {
        var fields = reader.Schema.GetDataFields().Where(one => one.ClrType == typeof(string) || one.ClrType == typeof(ReadOnlyMemory<char>)).ToList();
        var field = fields.Find(one => NameOf(one) == column)
            ?? throw new LlmKickException($"{path}: there is no text column '{column}' (it has {string.Join(", ", fields.Select(NameOf))}); give {needed}.");
        using var rows = reader.OpenRowGroupReader(group);
        var count = checked((int)(rows.GetMetadata(field)?.MetaData?.NumValues ?? rows.RowCount));
        var (values, defined, repeated) = (new ReadOnlyMemory<char>[count], Levels(field.MaxDefinitionLevel, count), Levels(field.MaxRepetitionLevel, count));
        await rows.ReadRawAsync(field, values.AsMemory(), defined, repeated, cancellationToken).ConfigureAwait(false);
        return Rows(values, defined is { } d ? d.Span : [], repeated is { } r ? r.Span : [], field.MaxDefinitionLevel);
    }

    private static Memory<int>? Levels(int most, int count) => most > 0 ? new int[count] : (Memory<int>?)null;

    /// <summary>Repetition level 0 begins a row; below the highest definition level there is no value, as in a list that is empty or missing.</summary>
    private static List<List<string>> Rows(ReadOnlyMemory<char>[] values, ReadOnlySpan<int> defined, ReadOnlySpan<int> repeated, int highest)
    {
        var rows = new List<List<string>>();
        var next = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (repeated.IsEmpty || repeated[i] == 0)
                rows.Add([]);
            if (defined.IsEmpty || defined[i] == highest)
                rows[^1].Add(values[next++].ToString());
        }
        return rows;
    }

    private static string NameOf(DataField field) => string.Join('.', field.Path.ToList().Where(part => !ListParts.Contains(part)));

    private async Task<T> OpenAsync<T>(Func<ParquetReader, Task<T>> read, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            throw new LlmKickException($"{path}: no such file; give {needed}.");
        try
        {
            var stream = File.OpenRead(path);
            await using (stream.ConfigureAwait(false))
            {
                var reader = await ParquetReader.CreateAsync(stream, leaveStreamOpen: true, cancellationToken: cancellationToken).ConfigureAwait(false);
                await using (reader.ConfigureAwait(false))
                    return await read(reader).ConfigureAwait(false);
            }
        }
        // What a library makes of damaged bytes can be any exception.
        catch (Exception exception) when (exception is not (LlmKickException or OperationCanceledException))
        {
            throw new LlmKickException($"{path}: it cannot be read as a Parquet file ({exception.Message.ReplaceLineEndings(" ").TrimEnd('.')}); download it again.", exception);
        }
    }
}
