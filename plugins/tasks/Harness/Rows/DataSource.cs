using LlmKick.Harness.Yaml;
using LlmKick.Kick.Questions;
using LlmKick.Sdk;

namespace LlmKick.Harness.Rows;

/// <summary>The splits of a task's data set.</summary>
internal sealed class DataSource
{
    private static readonly string[] Builders = ["json", "csv", "parquet"];

    private readonly TaskFile file;
    private readonly string folder;
    private readonly string kind;
    private readonly OrderedDictionary<string, IReadOnlyList<string>> splits;
    private readonly IReadOnlyDictionary<string, object?> arguments;

    private DataSource(TaskFile file, string folder, string kind, OrderedDictionary<string, IReadOnlyList<string>> splits) =>
        (this.file, this.folder, this.kind, this.splits, arguments) = (file, folder, kind, splits, Arguments(file));

    /// <summary>Finds the files of a task's splits, without reading them.</summary>
    /// <exception cref="LlmKickException">A key is wrong, or a file missing.</exception>
    public static DataSource Of(TaskFile file, string folder)
    {
        if (file.Values.GetValueOrDefault("dataset_path") is not string path)
            throw file.Fault("dataset_path", "it is missing; give json, csv or parquet with `data_files`, or a data set's name.");
        if (!Builders.Contains(path))
            return new DataSource(file, folder, "", HubFiles.Find(file, path, file.Values.GetValueOrDefault("dataset_name") as string,
                folder));
        var source = new DataSource(file, folder, path, Named(file, folder));
        foreach (var missing in source.splits.SelectMany(split => split.Value).Where(one => !File.Exists(one)))
            throw file.Fault("dataset_kwargs", $"there is no file '{missing}'; `data_files` are found from `data`, which is '{folder}'.");
        return source;
    }

    /// <summary>The splits' names.</summary>
    public IReadOnlyCollection<string> Splits => [.. splits.Keys];

    /// <summary>Bytes of a split's files; 0 where there is no such split.</summary>
    public long Size(string split) => splits.GetValueOrDefault(split)?.Sum(path =>
        (File.ResolveLinkTarget(path, returnFinalTarget: true) as FileInfo ?? new FileInfo(path)).Length) ?? 0;

    /// <summary>All rows of a split.</summary>
    /// <exception cref="LlmKickException">There is no such split, or a file is malformed.</exception>
    public async Task<IReadOnlyList<Row>> ReadAsync(string key, string split, CancellationToken cancellationToken)
    {
        if (!splits.TryGetValue(split, out var paths))
            throw file.Fault(key, $"there is no split '{split}'; the data have {string.Join(", ", splits.Keys)}.");
        var (rows, places) = (new List<OrderedDictionary<string, object?>>(), new List<string>());
        foreach (var path in paths)
        {
            var read = await ReadAsync(path, cancellationToken).ConfigureAwait(false);
            places.AddRange(read.Select((_, i) => $"row {i} of {path}"));
            rows.AddRange(read);
        }
        if (rows.Count == 0)
            throw file.Fault(key, $"the split '{split}' has no rows; give a file with at least one.");
        return [.. ColumnTypes.Align(rows).Select((row, i) => new Row(places[i], row))];
    }

    private async Task<List<OrderedDictionary<string, object?>>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        switch (kind.Length > 0 ? kind : Path.GetExtension(path).TrimStart('.').ToLowerInvariant())
        {
            case "csv":
                return Csv(path, ",");
            case "tsv":
                return Csv(path, "\t");
            case "parquet":
                var parquet = new ParquetFile(path, "a Parquet file of the task's rows");
                var rows = new List<OrderedDictionary<string, object?>>();
                for (var group = 0; group < await parquet.CountGroupsAsync().ConfigureAwait(false); group++)
                    rows.AddRange((await parquet.ReadAsync(group, cancellationToken).ConfigureAwait(false))
                        .Select(row => (OrderedDictionary<string, object?>)JsonValues.Of(row)!));
                return rows;
            default:
                return JsonRows.Read(path, arguments.GetValueOrDefault("field") as string);
        }
    }

    private List<OrderedDictionary<string, object?>> Csv(string path, string delimiter) => CsvRows.Read(path,
        (arguments.GetValueOrDefault("delimiter") ?? arguments.GetValueOrDefault("sep")) as string ?? delimiter,
        (arguments.GetValueOrDefault("column_names") ?? arguments.GetValueOrDefault("names")) is IReadOnlyList<object?> names
            ? [.. names.Select(Python.PythonText.Str)] : null,
        !arguments.TryGetValue("header", out var header) ? !(arguments.ContainsKey("column_names") || arguments.ContainsKey("names"))
            : header is not null);

    private static IReadOnlyDictionary<string, object?> Arguments(TaskFile file) =>
        file.Values.GetValueOrDefault("dataset_kwargs") switch
        {
            null => new Dictionary<string, object?>(),
            IReadOnlyDictionary<string, object?> map => map,
            _ => throw file.Fault("dataset_kwargs", "give a map, such as { data_files: { test: test.jsonl } }."),
        };

    private static OrderedDictionary<string, IReadOnlyList<string>> Named(TaskFile file, string folder)
    {
        var named = new OrderedDictionary<string, IReadOnlyList<string>>();
        switch (Arguments(file).GetValueOrDefault("data_files"))
        {
            case IReadOnlyDictionary<string, object?> map:
                foreach (var (split, files) in map)
                    named[split] = Paths(files);
                return named;
            case string or IReadOnlyList<object?>:
                named["train"] = Paths(Arguments(file)["data_files"]);
                return named;
            default:
                throw file.Fault("dataset_kwargs", "`data_files` is missing; give the files of each split, such as { test: test.jsonl }.");
        }

        IReadOnlyList<string> Paths(object? given) => given switch
        {
            string one => [Path.GetFullPath(one, folder)],
            IReadOnlyList<object?> several when several.All(one => one is string) =>
                [.. several.Select(one => Path.GetFullPath((string)one!, folder))],
            _ => throw file.Fault("dataset_kwargs", "`data_files` holds something else than paths; give paths below `data`."),
        };
    }
}
