using LlmKick.Plugins;
using LlmKick.Recipes.Binding;
using LlmKick.Recipes.Yaml;
using LlmKick.Sdk.Options;

namespace LlmKick.Recipes;

/// <summary>Reads a component with its options: a name, or a map of one name to options.</summary>
internal sealed class ComponentReader(PluginCatalog catalog, OptionBinder binder, ProblemList problems)
{
    /// <summary>Reads a component.</summary>
    /// <returns>One stage a setting; none where something is wrong.</returns>
    public IReadOnlyList<Stage> Read(PluginKind kind, Node node)
    {
        if (NameOf(kind, node) is not { } name || Find(kind, name) is not { } component)
            return [];
        var options = node is MapNode map ? map.Entries[0].Value : null;
        var rules = new BindRules(Sweeps: kind != PluginKind.Model, HubNames: kind == PluginKind.Model);
        return [.. binder.Bind(name.Text, component.Options, options, name.Place, rules).Select(bound => new Stage(component, bound))];
    }

    private ScalarNode? NameOf(PluginKind kind, Node node)
    {
        switch (node)
        {
            case ScalarNode { IsNull: false } scalar:
                return scalar;
            case MapNode { Entries: [var only] }:
                return only.Key;
            case MapNode { Entries: [var first, var second, ..] }:
                problems.Add(second.Key.Place, $"'{second.Key.Text}' stands beside '{first.Key.Text}', but one {Word(kind)} is named here: "
                    + $"indent its options below it{LongForm(kind)}.");
                return null;
            default:
                problems.Add(node.Place,
                    $"{OptionBinder.Describe(node)} is given where a {Word(kind)} must be: name one of {Names(kind)}.");
                return null;
        }
    }

    private PluginComponent? Find(PluginKind kind, ScalarNode name)
    {
        if (catalog.Find(kind, name.Text) is { } component)
            return component;
        problems.Add(name.Place,
            $"'{name.Text}' is not a known {Word(kind)}{NearestName.Question(name.Text, Known(kind))} {Hint(kind, name.Text)}");
        return null;
    }

    private string Hint(PluginKind kind, string name)
    {
        if (kind == PluginKind.Model && (name.Contains('/') || name.Contains('.')))
            return $"Write which kind of model it is: {{ KIND: {{ path: {name} }} }}, KIND being one of {Names(kind)}.";
        if (catalog.Components.FirstOrDefault(component => component.Name == name && IsNamed(component)) is { } other)
            return $"It is a {Word(other.Kind)}: move it to '{Section(other.Kind)}'.";
        var broken = catalog.Plugins.Where(plugin => plugin.Problem is not null)
            .Select(plugin => $" The plugin '{plugin.Name}' may have it, but cannot be used: {plugin.Problem}");
        return $"Known: {Names(kind)}.{string.Concat(broken)}";
    }

    /// <summary>Whether recipes name it: what tasks ask, how linears are stored and what reports tell, they do not.</summary>
    private static bool IsNamed(PluginComponent component) =>
        component.Kind is not (PluginKind.Encoding or PluginKind.Request or PluginKind.ReportSection);

    private List<string> Known(PluginKind kind)
    {
        var names = catalog.Components.Where(component => component.Kind == kind).Select(component => component.Name);
        return [.. names, .. kind == PluginKind.Compressor ? [Entry.Dense] : Array.Empty<string>()];
    }

    private string Names(PluginKind kind) => Known(kind) is { Count: > 0 } names ? string.Join(", ", names)
        : "none, as no plugin offers one";

    private static string LongForm(PluginKind kind) => kind == PluginKind.Model ? "" : ", or name it after 'use:' with the rest beside";

    private static string Word(PluginKind kind) => kind == PluginKind.Model ? "kind of model" : PluginRegistry.Word(kind);

    private static string Section(PluginKind kind) => kind switch
    {
        PluginKind.Model => "model",
        PluginKind.Compressor => "variants",
        PluginKind.Format => "save: { format: … }",
        _ => "tasks",
    };
}
