using LlmKick.Sdk.Templates.Syntax;
using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Compilation;

/// <summary>Macros, call blocks, and blocks that mark what the model wrote.</summary>
internal sealed class MacroCompiler(StatementCompiler statements)
{
    public Executor Compile(Statement.Macro macro, Level level)
    {
        var code = Code(macro, macro.Name, level);
        var slot = level.Function.Declare(level.Symbols.Ref(macro.Name));
        return frame =>
        {
            frame.Slots[slot] = new MacroValue(code, frame);
            if (level.IsTop)
                frame.Context.Written[macro.Name] = frame.Slots[slot];
            return Flow.Next;
        };
    }

    public Executor Compile(Statement.CallBlock block, Level level)
    {
        var code = Code(block, null, level);
        if (block.Call is null)
            return frame => Generate(frame, new MacroValue(code, frame));
        var call = statements.Expressions.Call(block.Call, level, frame => new MacroValue(code, frame));
        return frame =>
        {
            var value = call(frame);
            frame.Output.Write(frame.Run.Autoescape ? MarkupValue.Escape(value).Text : Representation.Text(value));
            return Flow.Next;
        };
    }

    // The span begins where the template's own text ends so far: what a macro around has written is not in it yet.
    private static Flow Generate(Frame frame, MacroValue body)
    {
        var text = Representation.Text(body.Call(CallArguments.None, frame.Run));
        var start = frame.Run.Root.CodePointCount;
        frame.Run.Spans.Add(new TextSpan(start, start + CodePoints.Count(text)));
        frame.Output.Write(text);
        return Flow.Next;
    }

    private MacroCode Code(Statement.Function function, string? name, Level level)
    {
        var inner = level.InnerFunction();
        Analyze(function, inner);
        var slots = function.Parameters.Select(parameter => Declare(inner, inner.Symbols.Ref(parameter.Id))).ToList();
        CheckParameters(function);
        var special = UndeclaredNames.Find(function.Body, "caller", "kwargs", "varargs");
        var own = function.Parameters.Select(parameter => parameter.Id).ToList();
        bool Takes(string word) => special.Contains(word) && !own.Contains(word);
        foreach (var word in (string[])["caller", "kwargs", "varargs"])
            if (Takes(word))
                slots.Add(Declare(inner, inner.Symbols.DeclareParameter(word)));
        Analyze(function, inner);
        return new MacroCode(inner.Function, slots, Body(function, inner))
        {
            Name = name,
            Parameters = own,
            TakesCaller = special.Contains("caller"),
            TakesNamed = Takes("kwargs"),
            TakesRest = Takes("varargs"),
        };
    }

    private static void Analyze(Statement.Function function, Level inner) =>
        SymbolVisitor.Visit(inner.Symbols, [.. function.Parameters, .. function.Defaults, .. function.Body]);

    private static int Declare(Level level, string variable) => level.Function.Declare(variable);

    private static void CheckParameters(Statement.Function function)
    {
        if (function.Parameters.GroupBy(parameter => parameter.Id).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new PythonError("SyntaxError", $"duplicate argument '{twice.Key}' in function definition", function.Line);
        var plain = function.Parameters.Count - function.Defaults.Count;
        if (function.Parameters.Take(plain).Any(parameter => parameter.Id == "caller")
            && UndeclaredNames.Find(function.Body, "caller").Count > 0)
            throw PythonError.Assertion("When defining macros or call blocks the special \"caller\" argument must be omitted or be given a "
                + "default.", function.Line);
    }

    private Executor Body(Statement.Function function, Level inner)
    {
        var (entry, defaults) = (new LevelEntry(inner), Defaults(function, inner));
        var body = statements.Compile(function.Body, inner);
        return frame =>
        {
            entry.Enter(frame);
            defaults(frame);
            return body(frame);
        };
    }

    private Action<Frame> Defaults(Statement.Function function, Level inner)
    {
        var unset = inner.Symbols.Loads.Where(load => load.Value.Kind == LoadKind.Parameter).Select(load => load.Key).ToHashSet();
        statements.Expressions.Unset.Push(unset);
        var plain = function.Parameters.Count - function.Defaults.Count;
        var values = new List<(int Slot, Evaluator Default)>();
        for (var i = 0; i < function.Parameters.Count; i++)
        {
            var name = function.Parameters[i].Id;
            var variable = inner.Symbols.Ref(name);
            var hint = $"parameter {Representation.Quote(name)} was not provided";
            values.Add((inner.Function.Declare(variable), i < plain ? frame => frame.Run.Undefined(hint, name: name)
                : statements.Expressions.Compile(function.Defaults[i - plain], inner)));
            unset.Remove(variable);
        }
        statements.Expressions.Unset.Pop();
        return frame =>
        {
            foreach (var (slot, value) in values)
                if (frame.Slots[slot] is Missing)
                    frame.Slots[slot] = value(frame);
        };
    }
}
