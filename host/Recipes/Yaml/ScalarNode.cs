namespace LlmKick.Recipes.Yaml;

/// <summary>A single value.</summary>
/// <param name="Text">The value as written, without quotes.</param>
/// <param name="IsQuoted">Whether it is in quotes, and therefore text whatever it looks like.</param>
internal sealed record ScalarNode(Place Place, string Text, bool IsQuoted) : Node(Place)
{
    /// <summary>Whether nothing is given.</summary>
    public bool IsNull => !IsQuoted && Text is "" or "~" or "null";
}
