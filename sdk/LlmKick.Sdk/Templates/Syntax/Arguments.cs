namespace LlmKick.Sdk.Templates.Syntax;

/// <summary>What stands between the brackets of a call.</summary>
internal sealed record Arguments(IReadOnlyList<Expression> Positional, IReadOnlyList<(string Name, Expression Value)> Named,
    Expression? List, Expression? Map)
{
    public static Arguments None { get; } = new([], [], null, null);

    public IEnumerable<Node> Children
    {
        get
        {
            foreach (var argument in Positional)
                yield return argument;
            foreach (var (_, value) in Named)
                yield return value;
            if (List is not null)
                yield return List;
            if (Map is not null)
                yield return Map;
        }
    }
}
