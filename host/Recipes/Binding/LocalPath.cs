using System.Text.RegularExpressions;
using LlmKick.Recipes.Yaml;

namespace LlmKick.Recipes.Binding;

/// <summary>Paths in recipes.</summary>
internal static partial class LocalPath
{
    private const string ToolPrefix = "llmkick:";
    private static readonly string ToolRecipes = Path.Join(AppContext.BaseDirectory, "recipes");

    /// <summary>
    /// A path as absolute: relative to the recipe's folder, or the current one in an override; after <c>llmkick:</c> relative to the
    /// recipes that come with the tool.
    /// </summary>
    public static string Resolve(ScalarNode scalar) => Path.GetFullPath(Expand(scalar.Text), scalar.Place.Source.Folder);

    /// <summary>Whether a value is a name rather than a path: a word without folder or ending.</summary>
    public static bool LooksLikeName(string text) => Name().IsMatch(text);

    private static string Expand(string path)
    {
        if (path.StartsWith("~/", StringComparison.Ordinal))
            return Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), path[2..]);
        return path.StartsWith(ToolPrefix, StringComparison.Ordinal) ? Path.Join(ToolRecipes, path[ToolPrefix.Length..]) : path;
    }

    [GeneratedRegex("^[A-Za-z0-9_-]+$")]
    private static partial Regex Name();
}
