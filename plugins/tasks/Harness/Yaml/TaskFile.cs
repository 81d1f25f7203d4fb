using LlmKick.Sdk;

namespace LlmKick.Harness.Yaml;

/// <summary>What a file says of a task or group, with what it includes.</summary>
/// <param name="Path">The file.</param>
/// <param name="Values">Its keys, included ones first; those of the file itself stand over them.</param>
/// <param name="Places">For each key the file and line that it stands in.</param>
internal sealed record TaskFile(string Path, OrderedDictionary<string, object?> Values, IReadOnlyDictionary<string, string> Places)
{
    /// <summary>File and key, for messages.</summary>
    public string Place(string key) => $"{Places.GetValueOrDefault(key, Path)}: {key}";

    /// <summary>A fault of a key.</summary>
    public LlmKickException Fault(string key, string sentence) => new($"{Place(key)}: {sentence}");

    /// <summary>The same with other values of some keys.</summary>
    /// <param name="others">The values.</param>
    /// <param name="place">Where these stand.</param>
    public TaskFile With(IEnumerable<KeyValuePair<string, object?>> others, string place)
    {
        var (values, places) = (new OrderedDictionary<string, object?>(Values), new Dictionary<string, string>(Places));
        foreach (var (key, value) in others)
            (values[key], places[key]) = (value, place);
        return this with { Values = values, Places = places };
    }

    /// <summary>Reads a file with what it includes.</summary>
    /// <exception cref="LlmKickException">A file is missing or malformed, or is included twice.</exception>
    public static TaskFile Read(string path) => Read(path, [path]);

    private static TaskFile Read(string path, HashSet<string> seen)
    {
        var (own, lines) = YamlValues.Read(path, Text(path));
        var all = new OrderedDictionary<string, object?>();
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        if (own.Remove("include", out var include))
        {
            var from = $"{path}:{lines["include"]}: include";
            foreach (var name in Names(include, from).Reverse())
            {
                var other = System.IO.Path.GetFullPath(name, System.IO.Path.GetDirectoryName(path)!);
                if (!File.Exists(other))
                    throw new LlmKickException($"{from}: there is no file '{other}'; give a path from this file's folder.");
                if (!seen.Add(other))
                    throw new LlmKickException($"{from}: '{other}' is included twice, or in a circle; include each file once.");
                var read = Read(other, seen);
                foreach (var (key, value) in read.Values)
                    (all[key], places[key]) = (value, read.Places[key]);
            }
        }
        foreach (var (key, value) in own)
            (all[key], places[key]) = (value, lines.TryGetValue(key, out var line) ? $"{path}:{line}" : path);
        return new TaskFile(path, all, places);
    }

    private static IReadOnlyList<string> Names(object? include, string place) => include switch
    {
        string one => [one],
        IReadOnlyList<object?> several when several.All(name => name is string) => [.. several.Cast<string>()],
        _ => throw new LlmKickException($"{place}: give the path of a file, or a list of paths."),
    };

    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new LlmKickException($"{path}: it cannot be read ({fault.Message}).", fault);
        }
    }
}
