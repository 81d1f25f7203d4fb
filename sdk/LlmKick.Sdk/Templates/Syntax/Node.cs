namespace LlmKick.Sdk.Templates.Syntax;

/// <summary>A part of a template, with the line where it begins.</summary>
internal abstract class Node(int line)
{
    public int Line { get; } = line;

    /// <summary>The parts of this part, in the order in which Jinja looks at them.</summary>
    public virtual IEnumerable<Node> Children => [];

    public IEnumerable<Node> Descendants()
    {
        var open = new Stack<Node>(Children.Reverse());
        while (open.TryPop(out var node))
        {
            yield return node;
            foreach (var child in node.Children.Reverse())
                open.Push(child);
        }
    }
}
