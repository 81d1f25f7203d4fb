using System.Globalization;
using System.Text.RegularExpressions;
using LlmKick.Sdk;

namespace LlmKick.Transformers.Formats.Gguf;

/// <summary>Models in several GGUF files, named NAME-00001-of-00003.gguf and so on, as llama.cpp's gguf-split makes them.</summary>
internal static partial class GgufSplit
{
    /// <summary>The files of a model: the one that is given, and the other parts where it is the first of several.</summary>
    public static IReadOnlyList<string> Files(string path) =>
        Name().Match(path) is { Success: true } match
            && int.Parse(match.Groups["part"].Value, CultureInfo.InvariantCulture) == 1 ? Parts(match, Count(match)) : [path];

    /// <summary>The parts beside the first one.</summary>
    /// <param name="path">The file that was given.</param>
    /// <param name="metadata">Its metadata, which say how many parts there are.</param>
    /// <exception cref="LlmKickException">The file is not the first part, or others are missing.</exception>
    public static IReadOnlyList<string> Others(string path, GgufMetadata metadata)
    {
        var (count, part) = (metadata.Integer("split.count") ?? 1, metadata.Integer("split.no") ?? 0);
        if (count <= 1)
            return [];
        var match = Name().Match(path);
        if (!match.Success || Count(match) != count)
            throw new LlmKickException($"'{path}' is part {part + 1} of {count} of a split model, and its name is not as those of parts "
                + $"are (NAME-00001-of-{count:00000}.gguf), "
                + "so that the others cannot be found: give them their names, or merge them with llama.cpp's llama-gguf-split --merge.");
        var all = Parts(match, count);
        if (part != 0)
            throw new LlmKickException(
                $"'{path}' is part {part + 1} of {count} of a split model: give the first, '{Path.GetFileName(all[0])}'.");
        var missing = all.Where(file => !File.Exists(file)).Select(Path.GetFileName).ToList();
        return missing.Count == 0
            ? [.. all.Skip(1)]
            : throw new LlmKickException(
                $"'{path}' is the first of {count} parts of a split model, and {(missing.Count == 1 ? "this one is" : "these are")} not "
                    + $"beside it: {string.Join(", ", missing.Take(5))}{(missing.Count > 5 ? ", …" : "")}.");
    }

    private static List<string> Parts(Match match, long count) =>
        [.. Enumerable.Range(1, (int)count).Select(part =>
            string.Create(CultureInfo.InvariantCulture, $"{match.Groups["name"].Value}-{part:00000}-of-{count:00000}.gguf"))];

    private static int Count(Match match) => int.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("^(?<name>.*)-(?<part>[0-9]{5})-of-(?<count>[0-9]{5})\\.gguf$",
        RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
