namespace LlmKick.Recipes.Yaml;

/// <summary>A value in a recipe.</summary>
/// <param name="Place">Where it stands.</param>
internal abstract record Node(Place Place);

/// <summary>A single value.</summary>
/// <param name="Text">The value as written, without quotes.</param>
/// <param name="IsQuoted">Whether it is in quotes, and therefore text whatever it looks like.</param>
internal sealed record ScalarNode(Place Place, string Text, bool IsQuoted) : Node(Place)
{
    /// <summary>Whether nothing is given.</summary>
    public bool IsNull => !IsQuoted && Text is "" or "~" or "null";
}

/// <summary>A list.</summary>
/// <param name="Items">Its items, in order.</param>
internal sealed record ListNode(Place Place, List<Node> Items) : Node(Place);

/// <summary>Keys with values.</summary>
/// <param name="Entries">The entries, in order; keys are unique.</param>
internal sealed record MapNode(Place Place, List<KeyValuePair<ScalarNode, Node>> Entries) : Node(Place)
{
    /// <summary>The value of a key, or null.</summary>
    public Node? Find(string key) => Entries.Find(entry => entry.Key.Text == key).Value;
}
