namespace LlmKick.Transformers.Feeds;

/// <summary>Names of linear groups.</summary>
internal static class FeedNames
{
    /// <summary>The group's name beside that of a linear of the same module: <c>mlp.down_proj</c> gives <c>mlp.gate_up</c>.</summary>
    public static string Group(string linear, string name) =>
        $"{(linear.LastIndexOf('.') is >= 0 and var dot ? linear[..dot] : "mlp")}.{name}";
}
