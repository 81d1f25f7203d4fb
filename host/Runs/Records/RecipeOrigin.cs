using System.Text.Json.Serialization;

namespace LlmKick.Runs.Records;

/// <summary>Where a run's recipe is.</summary>
/// <param name="RecipeFile">Its file, absolute.</param>
/// <param name="Overrides">What was put into it on the command line.</param>
/// <param name="CurrentFolder">The folder that paths in these are relative to.</param>
internal sealed record RecipeOrigin(string RecipeFile, IReadOnlyList<string> Overrides, string CurrentFolder)
{
    /// <summary>Folders of plugins, absolute, that the recipe and the command line named; null where they named none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? PluginFolders { get; init; }
}
