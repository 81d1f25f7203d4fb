using LlmKick.Options;
using LlmKick.Recipes.Binding;
using LlmKick.Recipes.Yaml;
using LlmKick.Terminals;

namespace LlmKick.Recipes;

/// <summary>Reads the entries of <c>plugins:</c> that name packages, and says how to install what is missing.</summary>
/// <param name="binder">Reads their options.</param>
/// <param name="problems">Takes what is wrong.</param>
/// <param name="installed">The installed version of a package; null where it is not installed.</param>
internal sealed class PluginNeedReader(OptionBinder binder, ProblemList problems, Func<string, string?> installed)
{
    /// <summary>Takes these entries out of the list, which then holds folders alone, and checks them.</summary>
    public void Take(MapNode root)
    {
        if (root.Find("plugins") is not ListNode list)
            return;
        List<MapNode> entries = [.. list.Items.OfType<MapNode>()];
        list.Items.RemoveAll(item => item is MapNode);
        foreach (var entry in entries)
            if (binder.Bind("plugins", OptionSetReader.Read(typeof(PluginNeed)), entry, entry.Place, new BindRules())
                is [{ Options: PluginNeed need }])
                Check(need, entry.Place);
    }

    private void Check(PluginNeed need, Place place)
    {
        var version = installed(need.Package);
        if (version is null)
            problems.Add(place, $"plugins: {Words(need)} is not installed: run '{Remedy(need)}'.");
        else if (need.Version?.Accepts(version) == false)
            problems.Add(place,
                $"plugins: {need.Package} {version} is installed, and this recipe needs {need.Version}: run '{Remedy(need)}'.");
    }

    private static string Words(PluginNeed need) => need.Version is null ? need.Package : $"{need.Package} {need.Version}";

    private static string Remedy(PluginNeed need) =>
        CommandLineText.Of(["plugin", "add", need.Package, .. need.Version is null ? [] : new[] { "--version", need.Version.ToString() }]);
}
