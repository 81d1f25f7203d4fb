using LlmKick.Sdk.Templates.Syntax;
using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Compilation;

/// <summary>Loops.</summary>
internal sealed class LoopCompiler(StatementCompiler statements)
{
    public Executor Compile(Statement.For loop, Level level)
    {
        if (loop.Descendants().OfType<Expression.Name>().FirstOrDefault(name => name is { Use: NameUse.Store, Id: "loop" }) is { } wrong)
            throw PythonError.Assertion("Can't assign to special loop variable in for-loop target", wrong.Line);
        var source = statements.Expressions.Compile(loop.Source, level);
        return loop.Recursive ? Recursive(loop, source, level) : Plain(loop, source, level);
    }

    private Executor Plain(Statement.For loop, Evaluator source, Level level)
    {
        var run = Body(loop, level);
        return frame => run(frame, source(frame), null, 0);
    }

    // A recursive loop is a function of its own: its text is caught each time.
    private Executor Recursive(Statement.For loop, Evaluator source, Level level)
    {
        var function = new FunctionScope(level.Function);
        var run = Body(loop, level with { Function = function, InLoop = false, IsTop = false, IsBranch = false });
        return frame =>
        {
            frame.Output.Write(Render(source(frame), 0));
            return Flow.Next;

            string Render(object? items, int depth)
            {
                var (output, line) = (new TextSink(), frame.Run.Line);
                run(frame.Inner(function.Size, output), items, Render, depth);
                frame.Run.Line = line;
                return output.ToString();
            }
        };
    }

    private Func<Frame, object?, Func<object?, int, string>?, int, Flow> Body(Statement.For loop, Level level)
    {
        var inner = level.Inner() with { InLoop = true };
        var extended = loop.Recursive || UndeclaredNames.Find(loop.Body, "loop").Count > 0
            || loop.Descendants().OfType<Statement.Block>().Any(block => block.Scoped);
        var slot = extended ? inner.Function.Declare(inner.Symbols.DeclareParameter("loop")) : -1;
        SymbolVisitor.Declare(inner.Symbols, loop.Target);
        SymbolVisitor.Visit(inner.Symbols, loop.Body);
        var filter = loop.Test is null ? null : Filter(loop, level);
        var target = TargetCompiler.Compile(loop.Target, inner);
        var (entry, body) = (new LevelEntry(inner), statements.Compile(loop.Body, inner));
        var otherwise = loop.Otherwise.Count == 0 ? null : Otherwise(loop, level);
        return (frame, items, recurse, depth) =>
        {
            var empty = true;
            var all = filter is null ? Iteration.Over(items) : filter(frame, Iteration.Over(items));
            if (extended)
                Run(new LoopValue(filter is null ? items : null, all, recurse, depth));
            else
                foreach (var item in all)
                    if (Step(item) == Flow.Break)
                        break;
            entry.Leave(frame);
            return empty && otherwise is not null ? otherwise(frame) : Flow.Next;

            void Run(LoopValue value)
            {
                while (value.MoveNext(out var item))
                {
                    target(frame, item);
                    frame.Slots[slot] = value;
                    if (Inside() == Flow.Break)
                        break;
                }
            }

            Flow Step(object? item)
            {
                target(frame, item);
                return Inside();
            }

            Flow Inside()
            {
                Evaluation.Step();
                entry.Enter(frame);
                var end = body(frame);
                // As in Jinja2, only an iteration that came to its end counts as one.
                empty &= end != Flow.Next;
                return end;
            }
        };
    }

    private Executor Otherwise(Statement.For loop, Level level)
    {
        var inner = level.Inner();
        SymbolVisitor.Visit(inner.Symbols, loop.Otherwise);
        var (entry, body) = (new LevelEntry(inner), statements.Compile(loop.Otherwise, inner));
        return frame =>
        {
            entry.Enter(frame);
            var flow = body(frame);
            if (flow == Flow.Next)
                entry.Leave(frame);
            return flow;
        };
    }

    /// <summary>The loop's condition is a function of its own, which is asked item by item.</summary>
    private Func<Frame, IEnumerable<object?>, IEnumerable<object?>> Filter(Statement.For loop, Level level)
    {
        var inner = level.InnerFunction();
        SymbolVisitor.Declare(inner.Symbols, loop.Target);
        SymbolVisitor.Visit(inner.Symbols, [loop.Test!]);
        var (entry, target, test) =
            (new LevelEntry(inner), TargetCompiler.Compile(loop.Target, inner), statements.Expressions.Compile(loop.Test!, inner));
        return Filtered;

        IEnumerable<object?> Filtered(Frame outer, IEnumerable<object?> items)
        {
            var frame = outer.Inner(inner.Function.Size, outer.Output);
            entry.Enter(frame);
            foreach (var item in items)
            {
                Evaluation.Step();
                target(frame, item);
                if (Types.IsTrue(test(frame)))
                    yield return item;
            }
        }
    }
}
