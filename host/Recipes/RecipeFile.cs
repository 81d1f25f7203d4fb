using LlmKick.Recipes.Yaml;
using LlmKick.Sdk.Files;

namespace LlmKick.Recipes;

/// <summary>Reads a recipe's file into nodes.</summary>
internal static class RecipeFile
{
    private const int MaxLength = 1 << 20;

    /// <summary>Reads the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <param name="folder">What relative paths are relative to; the file's own folder unless given.</param>
    /// <returns>The recipe's map; null where there is none.</returns>
    public static MapNode? Read(string path, ProblemList problems, string? folder = null)
    {
        var start = new Place(new SourceText(path, folder ?? Path.GetDirectoryName(Path.GetFullPath(path))!), 1, 1);
        if (ReadText(path, start, problems) is not { } text)
            return null;
        var before = problems.Count;
        var node = YamlReader.Read(text, start, problems);
        if (node is MapNode map)
            return map;
        if (problems.Count == before)
            problems.Add(node?.Place ?? start,
                "the recipe has no sections: write 'model:', 'variants:' and 'tasks:', each with what belongs to it below.");
        return null;
    }

    private static string? ReadText(string path, Place start, ProblemList problems)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read);
            var buffer = new byte[MaxLength + 1];
            var bytes = buffer.AsSpan(0, stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false));
            if (bytes.Length > MaxLength)
                problems.Add(start, $"the file is longer than {MaxLength} bytes, which no recipe is: name a recipe, not data.");
            else if (TextFile.Fault(bytes) is { } fault)
                problems.Add(start with { Line = fault.Line }, fault.Reason);
            else
                return TextFile.Decode(bytes, path);
        }
        catch (Exception exception) when (FileFault.Is(exception))
        {
            problems.Add(start, $"the recipe cannot be read ({FileFault.Reason(exception)}): check its name and its permissions.");
        }
        return null;
    }
}
