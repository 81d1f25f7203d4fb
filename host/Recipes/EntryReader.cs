using LlmKick.Options;
using LlmKick.Recipes.Binding;
using LlmKick.Recipes.Yaml;

namespace LlmKick.Recipes;

/// <summary>Reads the short and the long form of variants and tasks.</summary>
internal sealed class EntryReader(OptionBinder binder, ProblemList problems)
{
    private static readonly OptionSet Settings = OptionSetReader.Read(typeof(EntrySettings));

    /// <summary>Reads the entries of a section.</summary>
    /// <param name="section">The section's name.</param>
    /// <param name="root">The recipe.</param>
    /// <param name="example">What an entry looks like.</param>
    /// <param name="otherKeys">Keys of the long form that this section has besides.</param>
    public IEnumerable<Entry> Read(string section, MapNode root, string example, params IReadOnlyList<string> otherKeys)
    {
        var node = root.Find(section);
        if (node is ListNode { Items.Count: > 0 } list)
            return list.Items.Select(item => ReadEntry(section, item, otherKeys)).OfType<Entry>();
        problems.Add(node?.Place ?? root.Place,
            $"{section}: {(node is null ? "the section is missing" : OptionBinder.Describe(node) + " is not a list with entries")}: list "
            + $"at least one, such as '- {example}'.");
        return [];
    }

    private Entry? ReadEntry(string section, Node node, IReadOnlyList<string> otherKeys)
    {
        if (node is not MapNode given || given.Find("use") is not { } use)
            return new Entry([node], new EntrySettings(), null, null, null, node.Place);
        var map = SeedCount.Expand(given);
        var settings = binder.Bind(section, Settings, map, map.Place, new BindRules(OtherKeys: ["use", .. otherKeys]));
        IReadOnlyList<Node> uses = use is ListNode list ? list.Items : [use];
        if (uses.Count == 0)
            problems.Add(use.Place, $"{section}: 'use' is an empty list: name at least one.");
        return settings.Count == 0 || uses.Count == 0 ? null
            : new Entry(uses, (EntrySettings)settings[0].Options, map.Find("model"), map.Find("save"), map.Find("calibration"), node.Place);
    }
}
