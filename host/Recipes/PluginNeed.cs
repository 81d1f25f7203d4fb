using LlmKick.Plugins.Installation;
using LlmKick.Sdk.Options;

namespace LlmKick.Recipes;

/// <summary>A plugin that a recipe needs installed.</summary>
internal sealed record PluginNeed
{
    [Option("The plugin's package, as 'llmkick plugin add' names it", Required = true)]
    public string Package { get; init; } = "";

    [Option("Exactly this version, or a range in NuGet's notation; any version unless given",
        Syntax = "a version, such as 1.2, or a range, such as '[1.2, 2.0)'")]
    public VersionWish? Version { get; init; }
}
