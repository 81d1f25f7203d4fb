using LlmKick.Recipes.Yaml;

namespace LlmKick.Recipes;

/// <summary>Reads a recipe's file into nodes.</summary>
internal static class RecipeFile
{
    private const int MaxBytes = 1 << 20;

    /// <summary>Reads the file.</summary>
    /// <returns>The recipe's map; null where there is none.</returns>
    public static MapNode? Read(string path, ProblemList problems)
    {
        var start = new Place(new SourceText(path, Path.GetDirectoryName(Path.GetFullPath(path))!), 1, 1);
        if (ReadText(path, start, problems) is not { } text)
            return null;
        var before = problems.Count;
        var node = YamlReader.Read(text, start, problems);
        if (node is MapNode map)
            return map;
        if (problems.Count == before)
            problems.Add(node?.Place ?? start, "the recipe has no sections: write 'model:', 'variants:' and 'tasks:', each with what belongs to it below.");
        return null;
    }

    private static string? ReadText(string path, Place start, ProblemList problems)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MaxBytes } file)
                problems.Add(start, $"the file has {file.Length} bytes, but a recipe has at most {MaxBytes}: name a recipe, not data.");
            else
                return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add(start, $"the recipe cannot be read ({exception.Message.TrimEnd('.')}): check its name and its permissions.");
        }
        return null;
    }
}
