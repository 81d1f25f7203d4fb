namespace LlmKick.Recipes.Yaml;

/// <summary>Keys with values.</summary>
/// <param name="Entries">The entries, in order; keys are unique.</param>
internal sealed record MapNode(Place Place, List<KeyValuePair<ScalarNode, Node>> Entries) : Node(Place)
{
    /// <summary>The value of a key, or null.</summary>
    public Node? Find(string key) => Entries.Find(entry => entry.Key.Text == key).Value;
}
