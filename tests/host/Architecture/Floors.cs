using System.Text.RegularExpressions;

namespace LlmKick.Tests.Architecture;

/// <summary>The folders of an assembly and which of them name which: they stand on floors, so that whoever reads one need not know those
/// above it.</summary>
internal static partial class Floors
{
    /// <summary>A circle of namespaces, each of which uses the next, the last the first; empty where there is none.</summary>
    /// <param name="files">The texts of an assembly's source files.</param>
    public static IReadOnlyList<string> Circle(IEnumerable<string> files)
    {
        var uses = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var file in files)
            if (Namespace().Match(file) is { Success: true } own)
            {
                if (!uses.TryGetValue(own.Groups[1].Value, out var used))
                    uses[own.Groups[1].Value] = used = new(StringComparer.Ordinal);
                used.UnionWith(Using().Matches(file).Select(match => match.Groups[1].Value));
            }
        // Whatever only uses what is gone stands on a floor; what is left stands in circles, or above one.
        while (uses.FirstOrDefault(folder => !folder.Value.Any(uses.ContainsKey)).Key is { } free)
            uses.Remove(free);
        return uses.Count == 0 ? [] : Follow(uses);
    }

    private static List<string> Follow(SortedDictionary<string, SortedSet<string>> uses)
    {
        List<string> path = [uses.Keys.First()];
        while (true)
        {
            var next = uses[path[^1]].First(uses.ContainsKey);
            if (path.IndexOf(next) is >= 0 and var start)
                return [.. path[start..], next];
            path.Add(next);
        }
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^using (?:static |\w+ = )?([\w.]+?);", RegexOptions.Multiline)]
    private static partial Regex Using();
}
