using LlmKick.Sdk.Templates.Syntax;
using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Compilation;

/// <summary>Turns a template into what runs.</summary>
internal static class TemplateCompiler
{
    public static (BlockCode Root, IReadOnlyDictionary<string, BlockCode> Blocks) Compile(IReadOnlyList<Statement> body,
        TemplateOptions options)
    {
        var statements = new StatementCompiler(options);
        var blocks = new Dictionary<string, Statement.Block>();
        foreach (var block in body.SelectMany(part => part.Descendants().Prepend(part)).OfType<Statement.Block>())
            if (!blocks.TryAdd(block.Name, block))
                throw PythonError.Assertion($"block {Representation.Quote(block.Name)} defined twice", block.Line);
        var root = Compile(body, isRoot: true, statements);
        var compiled = blocks.ToDictionary(block => block.Key, block => Compile(block.Value.Body, isRoot: false, statements));
        return statements.Fault is { } fault ? throw fault : (root, compiled);
    }

    private static BlockCode Compile(IReadOnlyList<Statement> body, bool isRoot, StatementCompiler statements)
    {
        var level = new Level(new Symbols(null), new FunctionScope(null)) { IsTop = isRoot };
        var special = UndeclaredNames.Find(body, isRoot ? ["self"] : ["self", "super"]);
        var self = special.Contains("self") ? Declare("self") : -1;
        var super = special.Contains("super") ? Declare("super") : -1;
        SymbolVisitor.Visit(level.Symbols, body);
        var (entry, run) = (new LevelEntry(level), statements.Compile(body, level));
        return new BlockCode(level.Function, frame =>
        {
            if (self >= 0)
                frame.Slots[self] = new BlocksValue(frame.Context);
            if (super >= 0)
                frame.Slots[super] = frame.Run.Undefined("there is no parent block.", name: "super");
            entry.Enter(frame);
            return run(frame);
        });

        int Declare(string name) => level.Function.Declare(level.Symbols.DeclareParameter(name));
    }
}
