namespace LlmKick.Recipes.Yaml;

/// <summary>A list.</summary>
/// <param name="Items">Its items, in order.</param>
internal sealed record ListNode(Place Place, List<Node> Items) : Node(Place);
