using System.Text.RegularExpressions;
using LlmKick.Commands;
using LlmKick.Options;
using LlmKick.Plugins;
using LlmKick.Recipes;
using LlmKick.Tests.Commands;

namespace LlmKick.Tests.Documentation;

/// <summary>The README's table of components, made from what the built plugins declare.</summary>
internal static class ComponentTable
{
    private static readonly string[] Recipes =
        [.. Directory.GetFiles(Path.Combine(SharedData.RepositoryRoot, "recipes"), "*.yaml").Order(StringComparer.Ordinal)];

    /// <summary>The built plugins.</summary>
    public static PluginCatalog Catalog() => PluginLoader.Load([.. Directory.GetDirectories(Path.Combine(Tool.Folder, "plugins"))
        .Order(StringComparer.Ordinal).Select(PluginFolder.Open).OfType<PluginFolder>()]);

    /// <summary>What the built plugins offer; formats have a table of their own.</summary>
    public static IReadOnlyList<PluginComponent> Components() =>
        [.. Catalog().Components.Where(component => component.Kind != PluginKind.Format)];

    /// <summary>Writes the table, line by line.</summary>
    public static IEnumerable<string> Lines()
    {
        var components = Components().OrderBy(component => component.Kind);
        return ["| | | what it does | options | recipe |", "|---|---|---|---|---|", .. components.Select(Line)];
    }

    private static string Line(PluginComponent component) =>
        $"| {PluginRegistry.Word(component.Kind)} | `{component.Name}` | {Cell(component.Help)} | "
            + $"{Cell(string.Join("; ", component.Options.Options.Select(Option)))} | {Recipe(component.Name)} |";

    private static string Option(OptionDescription option) =>
        $"`{option.Key}` {OptionText.Values(option)}" + (OptionText.Default(option) is { Length: > 0 } value ? $" ({value})" : "");

    private static string Recipe(string component) =>
        Recipes.FirstOrDefault(file => Regex.IsMatch(File.ReadAllText(file), $@"\b{Regex.Escape(component)}:")) is { } recipe
            ? $"[{Path.GetFileNameWithoutExtension(recipe)}](recipes/{Path.GetFileName(recipe)})"
            : "";

    private static string Cell(string text) => text.Replace("|", @"\|", StringComparison.Ordinal);
}
