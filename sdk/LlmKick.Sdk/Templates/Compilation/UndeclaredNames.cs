using LlmKick.Sdk.Templates.Syntax;
using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Compilation;

/// <summary>Which of a few special names a body reads before anything in it writes them.</summary>
internal static class UndeclaredNames
{
    public static HashSet<string> Find(IEnumerable<Node> nodes, params string[] names)
    {
        var (open, found) = (names.ToHashSet(), new HashSet<string>());
        foreach (var node in nodes)
            Visit(node, open, found);
        return found;
    }

    private static void Visit(Node node, HashSet<string> open, HashSet<string> found)
    {
        Evaluation.CheckStack();
        if (node is Expression.Name name)
            _ = name.Use == NameUse.Load && open.Contains(name.Id) ? found.Add(name.Id) : open.Remove(name.Id);
        else if (node is not Statement.Block)
            foreach (var child in node.Children)
                Visit(child, open, found);
    }
}
