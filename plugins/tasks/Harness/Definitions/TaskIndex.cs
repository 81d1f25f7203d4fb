using LlmKick.Harness.Yaml;
using LlmKick.Sdk;

namespace LlmKick.Harness.Definitions;

/// <summary>Which file has which task or group, and which tasks bear which tag.</summary>
internal sealed class TaskIndex
{
    private readonly SortedDictionary<string, string> files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> tags = new(StringComparer.Ordinal);

    /// <summary>Looks through a folder.</summary>
    public static TaskIndex Of(string folder)
    {
        var index = new TaskIndex();
        foreach (var path in Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            index.Add(path);
        return index;
    }

    /// <summary>All names.</summary>
    public IEnumerable<string> Names => files.Keys.Concat(tags.Keys);

    /// <summary>A few names, for messages.</summary>
    public string Some => files.Count == 0 ? "no task files (.yaml)"
        : string.Join(", ", files.Keys.Take(8)) + (files.Count > 8 ? $" and {files.Count - 8} more" : "");

    /// <summary>The file of a task or group.</summary>
    public string? File(string name) => files.GetValueOrDefault(name);

    /// <summary>The tasks with a tag, by name.</summary>
    public IReadOnlyCollection<string> Tagged(string tag) => tags.TryGetValue(tag, out var tasks) ? tasks : [];

    /// <summary>The tasks and groups whose names fit.</summary>
    public IReadOnlyList<string> Matching(string pattern) =>
        [.. files.Keys.Where(name => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false))];

    /// <summary>Files that are no task, or broken, are no matter until one is asked for by a name that no other has.</summary>
    private void Add(string path)
    {
        OrderedDictionary<string, object?> values;
        try
        {
            values = YamlValues.Read(path, System.IO.File.ReadAllText(path)).Values;
        }
        catch (LlmKickException)
        {
            files.TryAdd(System.IO.Path.GetFileNameWithoutExtension(path), path);
            return;
        }
        if (values.GetValueOrDefault("group") is string group)
        {
            files.TryAdd(group, path);
            if (values.ContainsKey("dataset_path") && values.GetValueOrDefault("task") is string both)
                files.TryAdd(both, path);
            return;
        }
        // A name may stand in an included file, as `left` and `right` of a pair that share all else.
        if (values.GetValueOrDefault("task") is not string name)
            return;
        files.TryAdd(name, path);
        foreach (var tag in values.GetValueOrDefault("tag") switch
        {
            string one => [one],
            IReadOnlyList<object?> several => several.OfType<string>(),
            _ => [],
        })
            (tags.TryGetValue(tag, out var tasks) ? tasks : tags[tag] = new(StringComparer.Ordinal)).Add(name);
    }
}
