using LlmKick.Sdk.Templates.Syntax;
using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Compilation;

/// <summary>Finds the names of a level: it does not look into what is a level of its own.</summary>
internal sealed class SymbolVisitor(Symbols symbols)
{
    private Symbols symbols = symbols;

    public static void Visit(Symbols symbols, IEnumerable<Node> nodes)
    {
        var visitor = new SymbolVisitor(symbols);
        foreach (var node in nodes)
            visitor.Visit(node);
    }

    /// <summary>Declares the targets of a loop, which its items are put into.</summary>
    public static void Declare(Symbols symbols, Expression target)
    {
        foreach (var name in Targets.Names(target))
            symbols.DeclareParameter(name);
    }

    private void Visit(Node node)
    {
        Evaluation.CheckStack();
        switch (node)
        {
            case Expression.Name name:
                Visit(name);
                break;
            case Expression.NamespaceReference reference:
                symbols.Load(reference.Id);
                break;
            case Statement.If condition:
                Visit(condition);
                break;
            case Statement.Macro macro:
                symbols.Store(macro.Name);
                break;
            case Statement.Load load:
                Visit(load.Template);
                load.Names.ToList().ForEach(symbols.Store);
                break;
            default:
                foreach (var part in Outer(node))
                    Visit(part);
                break;
        }
    }

    private static IEnumerable<Node> Outer(Node node) => node switch
    {
        Statement.Assign assign => [assign.Value, assign.Target],
        Statement.For loop => [loop.Source],
        Statement.CallBlock call => call.Call is null ? [] : [call.Call],
        Statement.FilterBlock block => [block.Filter],
        Statement.With with => with.Values,
        Statement.AssignBlock block => [block.Target],
        Statement.Autoescape or Statement.Block => [],
        _ => node.Children,
    };

    private void Visit(Expression.Name name)
    {
        if (name.Use == NameUse.Parameter)
            symbols.DeclareParameter(name.Id);
        else if (name.Use == NameUse.Store)
            symbols.Store(name.Id);
        else
            symbols.Load(name.Id);
    }

    private void Visit(Statement.If condition)
    {
        Visit(condition.Test);
        var original = symbols;
        original.Merge(Branch(condition.Body), Branch(condition.Others), Branch(condition.Otherwise));

        Symbols Branch(IEnumerable<Node> nodes)
        {
            var branch = symbols = original.Copy();
            foreach (var node in nodes)
                Visit(node);
            symbols = original;
            return branch;
        }
    }
}
