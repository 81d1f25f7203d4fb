using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Apache.Arrow;
using Apache.Arrow.Types;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;
using ParquetSharp;
using ParquetSharp.Arrow;

namespace LlmKick.Kick.Questions;

/// <summary>Reads Parquet files, one row group at a time: such files can be larger than memory.</summary>
/// <param name="path">The file.</param>
/// <param name="needed">What it must be, for messages.</param>
internal sealed partial class ParquetFile(string path, string needed)
{
    private readonly Dictionary<string, (int Group, IReadOnlyList<IReadOnlyList<string?>> Rows)> last = new(StringComparer.Ordinal);

    /// <summary>Whether a file is one, by its name.</summary>
    public static bool Is(string path) => Path.GetExtension(path).Equals(".parquet", StringComparison.OrdinalIgnoreCase);

    /// <summary>The number of row groups.</summary>
    /// <exception cref="LlmKickException">The file is missing or cannot be read.</exception>
    public Task<int> CountGroupsAsync() => OpenAsync(reader => Task.FromResult(reader.NumRowGroups));

    /// <summary>The rows of a group with all columns; see <see cref="ParquetValue"/> for how values are written.</summary>
    /// <param name="group">The row group, from 0.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="LlmKickException">The file is missing or cannot be read.</exception>
    public Task<IReadOnlyList<JsonObject>> ReadAsync(int group, CancellationToken cancellationToken) =>
        OpenAsync(reader => RowsAsync(reader, group, columns: null, cancellationToken));

    /// <summary>A column's texts in each row of a group: one, or all of a list; null where one is missing. The group read last is
    /// kept.</summary>
    /// <param name="group">The row group, from 0.</param>
    /// <param name="column">Its name, such as <c>answer.aliases</c>.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="LlmKickException">The file is missing or cannot be read, or has no such column of texts.</exception>
    public async Task<IReadOnlyList<IReadOnlyList<string?>>> ReadAsync(int group, string column, CancellationToken cancellationToken)
    {
        if (!last.TryGetValue(column, out var kept) || kept.Group != group)
            last[column] = kept =
                (group, await OpenAsync(reader => TextsAsync(reader, group, column, cancellationToken)).ConfigureAwait(false));
        return kept.Rows;
    }

    private async Task<IReadOnlyList<IReadOnlyList<string?>>> TextsAsync(FileReader reader, int group, string column,
        CancellationToken cancellationToken)
    {
        var leaves = reader.Schema.FieldsList.SelectMany(field => Leaves(field.Name, field.DataType)).ToList();
        var place = leaves.FindIndex(leaf => leaf.IsText && leaf.Name == column);
        if (place < 0)
            throw new LlmKickException($"{path}: there is no text column '{column}' (it has "
                + $"{string.Join(", ", leaves.Where(leaf => leaf.IsText).Select(leaf => leaf.Name))}); give {needed}.");
        var rows = await RowsAsync(reader, group, [place], cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => Texts(row).ToList())];
    }

    private static async Task<IReadOnlyList<JsonObject>> RowsAsync(FileReader reader, int group, int[]? columns,
        CancellationToken cancellationToken)
    {
        using var batches = reader.GetRecordBatchReader([group], columns);
        var rows = new List<JsonObject>();
        while (await batches.ReadNextRecordBatchAsync(cancellationToken).ConfigureAwait(false) is { } batch)
            using (batch)
                for (var row = 0; row < batch.Length; row++)
                    rows.Add(new(batch.Schema.FieldsList.Select((field, i) =>
                        KeyValuePair.Create(field.Name, ParquetValue.Of(batch.Column(i), row)))));
        return rows;
    }

    /// <summary>The columns that a file stores: those inside structures and lists.</summary>
    private static IEnumerable<(string Name, bool IsText)> Leaves(string name, IArrowType type) => type switch
    {
        MapType map => [.. Leaves($"{name}.key", map.KeyField.DataType), .. Leaves($"{name}.value", map.ValueField.DataType)],
        StructType all => all.Fields.SelectMany(field => Leaves($"{name}.{field.Name}", field.DataType)),
        ListType list => Leaves(name, list.ValueDataType),
        LargeListType list => Leaves(name, list.ValueDataType),
        FixedSizeListType list => Leaves(name, list.ValueDataType),
        DictionaryType dictionary => Leaves(name, dictionary.ValueType),
        _ => [(name, type is StringType or LargeStringType or StringViewType)],
    };

    /// <summary>Of a row that has one column, which may lie deep; inside a list a missing text keeps its place.</summary>
    private static IEnumerable<string?> Texts(JsonNode? node, bool isListed = false) => node switch
    {
        JsonObject all => all.SelectMany(one => Texts(one.Value, isListed)),
        JsonArray list => list.SelectMany(one => Texts(one, isListed: true)),
        null => isListed ? [null] : [],
        _ => [node.GetValue<string>()],
    };

    private async Task<T> OpenAsync<T>(Func<FileReader, Task<T>> read)
    {
        if (!File.Exists(path))
            throw new LlmKickException($"{path}: no such file; give {needed}.");
        try
        {
            using var reader = new FileReader(path);
            return await read(reader).ConfigureAwait(false);
        }
        // What a library makes of damaged bytes can be any exception.
        catch (Exception exception) when (exception is not (LlmKickException or OperationCanceledException))
        {
            throw new LlmKickException($"{path}: {Reason(exception)}", exception);
        }
    }

    /// <summary>What the library says, without the type that it wraps it in.</summary>
    private static string Inner(string told) => told.IndexOf("message: '", StringComparison.Ordinal) is >= 0 and var start
        ? told[(start + "message: '".Length)..].TrimEnd(')', '\'').Split(": ", 2)[^1] : told;

    private string Reason(Exception exception)
    {
        if (StrangeFile.Explain(path) is { } stranger)
            return $"it is {stranger}.";
        var told = Wrapping().Replace(exception.Message.ReplaceLineEndings(" "), "$1").Trim().TrimEnd('.');
        return NotThere().IsMatch(told)
            ? $"it uses a part of Parquet that is not read here ({told}); write it again with other settings, such as pyarrow's own."
            : $"it cannot be read as a Parquet file ({Inner(told)}); download it again.";
    }

    /// <summary>What the library puts around a message.</summary>
    [GeneratedRegex(@"^class \S+ \(message: '(.*)'\)$")]
    private static partial Regex Wrapping();

    [GeneratedRegex("not (yet )?(implemented|supported|built)|unsupported|unknown encoding|NotImplemented|NYI", RegexOptions.IgnoreCase)]
    private static partial Regex NotThere();
}
