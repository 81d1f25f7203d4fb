using LlmKick.Recipes.Yaml;

namespace LlmKick.Recipes;

/// <summary>The entries of a list by the names that they use: <c>wanda</c> of <c>- wanda: { … }</c>, <c>- use: { wanda: { … } }</c> and
/// <c>- wanda</c>.</summary>
internal static class NamedEntries
{
    /// <summary>The names that stand in a list, each with the position of its entry.</summary>
    public static IEnumerable<(string Name, int Position)> Names(ListNode list) =>
        list.Items.SelectMany((item, position) => Uses(item).SelectMany(Keys).Select(name => (name, position)));

    /// <summary>The map that has a name as its key, in the entry at a position; an entry that is the bare name becomes a map.</summary>
    public static MapNode Open(ListNode list, int position, string name)
    {
        if (list.Items[position] is ScalarNode bare)
            list.Items[position] = new MapNode(bare.Place, [new(bare, new ScalarNode(bare.Place, "", false))]);
        return Uses(list.Items[position]).OfType<MapNode>().First(map => map.Find(name) is not null);
    }

    private static IEnumerable<Node> Uses(Node item) => (item as MapNode)?.Find("use") switch
    {
        null => [item],
        ListNode several => several.Items,
        var one => [one],
    };

    private static IEnumerable<string> Keys(Node use) => use switch
    {
        MapNode map => map.Entries.Select(entry => entry.Key.Text),
        ScalarNode { IsNull: false } bare => [bare.Text],
        _ => [],
    };
}
