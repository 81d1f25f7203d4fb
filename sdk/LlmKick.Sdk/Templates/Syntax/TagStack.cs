namespace LlmKick.Sdk.Templates.Syntax;

/// <summary>The tags that are open, and what would end them: for messages.</summary>
internal sealed class TagStack
{
    private readonly Stack<string[]> ends = new();

    public Stack<string> Tags { get; } = new();

    public int Depth => Tags.Count;

    public void Open(string[] tags) => ends.Push(tags);

    public void Close() => ends.Pop();

    /// <summary>What is wrong with a tag, or with the template's end where there is none.</summary>
    public string Fault(string? tag, string[]? wanted)
    {
        var expected = ends.SelectMany(one => one).Concat(wanted ?? []).Select(Token.DescribeExpression).ToHashSet();
        var looking = (wanted ?? ends.FirstOrDefault())?.Select(end => Token.Quoted(Token.DescribeExpression(end)));
        var message = tag is null ? "Unexpected end of template." : $"Encountered unknown tag {Token.Quoted(tag)}.";
        if (looking is not null)
            message += tag is not null && expected.Contains(tag)
                ? $" You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for "
                    + $"{string.Join(" or ", looking)}."
                : $" Jinja was looking for the following tags: {string.Join(" or ", looking)}.";
        return Tags.TryPeek(out var inner) ? $"{message} The innermost block that needs to be closed is {Token.Quoted(inner)}." : message;
    }
}
