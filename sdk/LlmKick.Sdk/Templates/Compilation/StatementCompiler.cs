using LlmKick.Sdk.Templates.Syntax;
using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Compilation;

/// <summary>Turns statements into delegates.</summary>
internal sealed class StatementCompiler
{
    private readonly LoopCompiler loops;
    private readonly MacroCompiler macros;

    public StatementCompiler(TemplateOptions options)
    {
        Expressions = new ExpressionCompiler(options);
        loops = new LoopCompiler(this);
        macros = new MacroCompiler(this);
    }

    public ExpressionCompiler Expressions { get; }

    /// <summary>What Python itself would refuse in the code that Jinja2 makes of a template; null where it would not.</summary>
    public PythonError? Fault { get; private set; }

    public Executor Compile(IReadOnlyList<Statement> body, Level level)
    {
        var statements = body.Select(statement => Compile(statement, level)).ToArray();
        var lines = body.Select(statement => statement.Line).ToArray();
        return frame =>
        {
            for (var i = 0; i < statements.Length; i++)
            {
                Evaluation.Step();
                frame.Run.Line = lines[i];
                if (statements[i](frame) is var flow && flow != Flow.Next)
                    return flow;
            }
            return Flow.Next;
        };
    }

    /// <summary>A body whose text is caught and put into a variable; a loop that is left from inside drops it.</summary>
    private Executor Capture(IReadOnlyList<Statement> body, Level level, int slot)
    {
        var (entry, run) = (new LevelEntry(level), Compile(body, level));
        return frame =>
        {
            entry.Enter(frame);
            var (output, outer) = (new TextSink(), frame.Output);
            frame.Output = output;
            var flow = run(frame);
            frame.Output = outer;
            frame.Slots[slot] = output.ToString();
            return flow;
        };
    }

    private Executor Compile(Statement statement, Level level) => statement switch
    {
        Statement.Output output => Output(output, level),
        Statement.If condition => If(condition, level.Branch()),
        Statement.For loop => loops.Compile(loop, level),
        Statement.Macro macro => macros.Compile(macro, level),
        Statement.CallBlock call => macros.Compile(call, level),
        Statement.Assign assign => Assign(assign, level),
        Statement.AssignBlock block => AssignBlock(block, level),
        Statement.FilterBlock block => FilterBlock(block, level),
        Statement.With with => With(with, level),
        Statement.Autoescape escape => Autoescape(escape, level),
        Statement.Block block => Block(block, level),
        Statement.Load load => Load(load, level),
        _ => Jump((Statement.Jump)statement, level),
    };

    private Executor Output(Statement.Output output, Level level)
    {
        var parts = output.Parts.Select(part => (Evaluate: Expressions.Compile(part, level), part.Line, IsData: part is Expression.Data))
            .ToArray();
        return frame =>
        {
            foreach (var (evaluate, line, isData) in parts)
            {
                frame.Run.Line = line;
                var value = evaluate(frame);
                frame.Output.Write(!isData && frame.Run.Autoescape ? MarkupValue.Escape(value).Text : Representation.Text(value));
            }
            return Flow.Next;
        };
    }

    private Executor If(Statement.If condition, Level level)
    {
        var branches = condition.Others.Prepend(condition)
            .Select(one => (Test: Expressions.Compile(one.Test, level), Body: Compile(one.Body, level), one.Line)).ToArray();
        var otherwise = Compile(condition.Otherwise, level);
        return frame =>
        {
            foreach (var (test, body, line) in branches)
            {
                frame.Run.Line = line;
                if (Types.IsTrue(test(frame)))
                    return body(frame);
            }
            return otherwise(frame);
        };
    }

    private Executor Assign(Statement.Assign assign, Level level)
    {
        var (check, value, target) = (TargetCompiler.CheckNamespaces(assign.Target, level), Expressions.Compile(assign.Value, level),
            TargetCompiler.Compile(assign.Target, level));
        return frame =>
        {
            check(frame);
            target(frame, value(frame));
            return Flow.Next;
        };
    }

    private Executor AssignBlock(Statement.AssignBlock block, Level level)
    {
        var inner = level.Inner();
        SymbolVisitor.Visit(inner.Symbols, block.Body);
        var slot = level.Function.DeclareTemporary();
        var (capture, entry, target) =
            (Capture(block.Body, inner, slot), new LevelEntry(inner), TargetCompiler.Compile(block.Target, level));
        var filter = block.Filter is null ? frame => frame.Slots[slot] : Filters(block.Filter, frame => frame.Slots[slot], inner);
        return frame =>
        {
            if (capture(frame) is var flow && flow != Flow.Next)
                return flow;
            target(frame, frame.Run.Autoescape ? MarkupValue.Of(filter(frame)) : filter(frame));
            entry.Leave(frame);
            return Flow.Next;
        };
    }

    private Executor FilterBlock(Statement.FilterBlock block, Level level)
    {
        var inner = level.Inner();
        SymbolVisitor.Visit(inner.Symbols, [.. block.Body, block.Filter]);
        var slot = level.Function.DeclareTemporary();
        var (capture, entry) = (Capture(block.Body, inner, slot), new LevelEntry(inner));
        var filter = Filters(block.Filter, frame => frame.Run.Autoescape ? MarkupValue.Of(frame.Slots[slot]) : frame.Slots[slot], inner);
        return frame =>
        {
            if (capture(frame) is var flow && flow != Flow.Next)
                return flow;
            frame.Output.Write(Representation.Text(filter(frame)));
            entry.Leave(frame);
            return Flow.Next;
        };
    }

    // Filters stand one on the other; the innermost has no value of its own.
    private Evaluator Filters(Expression.Filter filter, Evaluator text, Level level) =>
        Expressions.Filter(filter, filter.Node is null ? text : Filters((Expression.Filter)filter.Node, text, level), level);

    private Executor With(Statement.With with, Level level)
    {
        var inner = level.Inner();
        SymbolVisitor.Visit(inner.Symbols, with.Targets.Concat<Node>(with.Body));
        var entry = new LevelEntry(inner);
        var pairs = with.Targets.Zip(with.Values)
            .Select(pair => (Target: TargetCompiler.Compile(pair.First, inner), Value: Expressions.Compile(pair.Second, level))).ToArray();
        var body = Compile(with.Body, inner);
        return frame =>
        {
            entry.Enter(frame);
            foreach (var (target, value) in pairs)
                target(frame, value(frame));
            var flow = body(frame);
            if (flow == Flow.Next)
                entry.Leave(frame);
            return flow;
        };
    }

    private Executor Autoescape(Statement.Autoescape escape, Level level)
    {
        var inner = level.Inner();
        SymbolVisitor.Visit(inner.Symbols, escape.Children);
        var entry = new LevelEntry(inner);
        var (value, body) = (Expressions.Compile(escape.Value, inner), Compile(escape.Body, inner));
        return frame =>
        {
            entry.Enter(frame);
            var before = frame.Run.Autoescape;
            frame.Run.Autoescape = Types.IsTrue(value(frame));
            var flow = body(frame);
            frame.Run.Autoescape = before;
            entry.Leave(frame);
            return flow;
        };
    }

    private static Executor Block(Statement.Block block, Level level)
    {
        var stores = block.Scoped ? level.Symbols.AllStores().Select(store => (Name: store.Key, Place: level.Function.Find(store.Value)))
            .ToArray() : [];
        return frame =>
        {
            if (block.Required)
                throw PythonError.Runtime($"Required block {Representation.Quote(block.Name)} not found");
            var context = block.Scoped ? frame.Context.Derived(stores
                .Select(store => (store.Name, frame.Read(store.Place.Hops, store.Place.Slot)))) : frame.Context;
            frame.Context.Blocks[block.Name].Run(context, frame.Run, frame.Output);
            return Flow.Next;
        };
    }

    private Executor Load(Statement.Load load, Level level)
    {
        var template = Expressions.Compile(load.Template, level);
        return frame =>
        {
            template(frame);
            throw PythonError.Type("no loader for this environment specified");
        };
    }

    private Executor Jump(Statement.Jump jump, Level level)
    {
        if (!level.InLoop)
            Fault ??= new PythonError("SyntaxError", jump.Leaves ? "'break' outside loop" : "'continue' not properly in loop", jump.Line);
        var flow = jump.Leaves ? Flow.Break : Flow.Continue;
        return _ => flow;
    }
}
