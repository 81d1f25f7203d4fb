using LlmKick.Sdk.Templates.Library;
using LlmKick.Sdk.Templates.Syntax;
using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Compilation;

/// <summary>Turns expressions into delegates.</summary>
internal sealed class ExpressionCompiler(TemplateOptions options)
{
    private int depth;

    /// <summary>The parameters of a macro that have no value yet while its defaults are worked out.</summary>
    public Stack<HashSet<string>> Unset { get; } = new();

    public Evaluator Compile(Expression expression, Level level)
    {
        if (++depth > 2 * options.MaxDepth || !System.Runtime.CompilerServices.RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw PythonError.Recursion();
        var evaluator = expression switch
        {
            Expression.Name name => Read(name, level),
            Expression.Const constant => Constant(constant.Value),
            Expression.Data data => Constant(data.Text),
            Expression.Tuple tuple => Sequence(tuple.Items, level, values => new TupleValue(values)),
            Expression.List list => Sequence(list.Items, level, values => new ListValue(values)),
            Expression.Dict dict => Dict(dict, level),
            Expression.CondExpr condition => Condition(condition, level.Branch()),
            Expression.Filter filter => Filter(filter, Compile(filter.Node!, level), level),
            Expression.Test test => Test(test, level),
            Expression.Call call => Call(call, level),
            Expression.Getitem item => Item(item, level),
            Expression.Getattr attribute => Attribute(attribute, level),
            Expression.Concat concat => Concat(concat, level),
            Expression.Compare compare => Compare(compare, level),
            Expression.Binary binary => Binary(binary, level),
            Expression.Unary unary => Unary(unary, level),
            _ => throw PythonError.Type($"A {expression.Kind} cannot stand here."),
        };
        depth--;
        return evaluator;
    }

    /// <summary>A filter on a value.</summary>
    public Evaluator Filter(Expression.Filter filter, Evaluator value, Level level) =>
        Apply(filter.Id, "filter", Filters.Find(filter.Id, options), value, filter.Arguments, level, filter.Line);

    /// <summary>A call, which is handed one argument more.</summary>
    public Evaluator Call(Expression.Call call, Level level, Func<Frame, object?>? caller = null)
    {
        var (callee, arguments) = (Compile(call.Node, level), Arguments(call.Arguments, level));
        return frame =>
        {
            var function = callee(frame);
            var given = arguments(frame, []);
            if (caller is not null)
                given.Named["caller"] = caller(frame);
            return Call(function, given, frame.Run);
        };
    }

    private static object? Call(object? function, CallArguments arguments, Evaluation run)
    {
        Evaluation.Step();
        Evaluation.Enter();
        var result = function is Value value ? value.Call(arguments, run)
            : throw PythonError.Type($"'{Types.Name(function)}' object is not callable");
        Evaluation.Leave();
        return result;
    }

    private Evaluator Read(Expression.Name name, Level level)
    {
        var variable = level.Symbols.Ref(name.Id);
        var (hops, slot) = level.Function.Find(variable);
        if (level.Symbols.FindLoad(variable) is { Kind: LoadKind.Parameter } && !(Unset.TryPeek(out var unset) && unset.Contains(variable)))
            return hops == 0 ? frame => frame.Slots[slot] : frame => frame.Read(hops, slot);
        return frame => frame.Read(hops, slot) is var value && value is Missing ? frame.Run.Undefined(name: name.Id) : value;
    }

    private static Evaluator Constant(object? value) => _ => value;

    private Evaluator Sequence(IReadOnlyList<Expression> items, Level level, Func<List<object?>, object> make)
    {
        var parts = items.Select(item => Compile(item, level)).ToArray();
        return frame =>
        {
            var values = new List<object?>(parts.Length);
            foreach (var part in parts)
                values.Add(part(frame));
            return make(values);
        };
    }

    private Evaluator Dict(Expression.Dict dict, Level level)
    {
        var parts = dict.Items.Select(item => (Key: Compile(item.Key, level), Value: Compile(item.Value, level))).ToArray();
        return frame =>
        {
            var value = new DictValue();
            foreach (var (key, item) in parts)
            {
                var name = key(frame);
                value[name] = item(frame);
            }
            return value;
        };
    }

    private Evaluator Condition(Expression.CondExpr condition, Level level)
    {
        var (test, then) = (Compile(condition.Condition, level), Compile(condition.Then, level));
        var hint = $"the inline if-expression on line {condition.Line} evaluated to false and no else section was defined.";
        var otherwise = condition.Otherwise is null ? _ => new UndefinedValue(UndefinedKind.Default, hint, Missing.Value, null)
            : Compile(condition.Otherwise, level);
        return frame => Types.IsTrue(test(frame)) ? then(frame) : otherwise(frame);
    }

    private Evaluator Test(Expression.Test test, Level level) =>
        Apply(test.Id, "test", Tests.Find(test.Id), Compile(test.Node, level), test.Arguments, level, test.Line);

    private Evaluator Apply(string name, string kind, Filter? filter, Evaluator value, Arguments given, Level level, int line)
    {
        if (filter is null && !level.IsBranch)
            throw PythonError.Assertion($"No {kind} named {Representation.Quote(name)}.", line);
        var arguments = Arguments(given, level);
        return frame =>
        {
            var all = arguments(frame, [value(frame)]);
            return filter is null ? throw PythonError.Runtime($"No {kind} named {Representation.Quote(name)} found.")
                : filter.Apply(all, frame.Run);
        };
    }

    private Func<Frame, List<object?>, CallArguments> Arguments(Arguments arguments, Level level)
    {
        var positional = arguments.Positional.Select(argument => Compile(argument, level)).ToArray();
        var named = arguments.Named.Select(argument => (argument.Name, Value: Compile(argument.Value, level))).ToArray();
        if (named.GroupBy(one => one.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new PythonError("SyntaxError", $"keyword argument repeated: {twice.Key}");
        var list = arguments.List is null ? null : Compile(arguments.List, level);
        var map = arguments.Map is null ? null : Compile(arguments.Map, level);
        return (frame, values) =>
        {
            foreach (var argument in positional)
                values.Add(argument(frame));
            if (list is not null)
                values.AddRange(Spread(list(frame)));
            if (named.Length == 0 && map is null)
                return new CallArguments(values);
            var names = new OrderedDictionary<string, object?>();
            foreach (var (name, value) in named)
                names[name] = value(frame);
            if (map is not null)
                Spread(map(frame), names);
            return new CallArguments(values, names);
        };
    }

    private static List<object?> Spread(object? list) => Iteration.Find(list) is null
        ? throw PythonError.Type($"argument after * must be an iterable, not {Types.Name(list)}") : Iteration.ToList(list);

    private static void Spread(object? map, OrderedDictionary<string, object?> names)
    {
        if (map is not DictValue dict)
            throw PythonError.Type($"argument after ** must be a mapping, not {Types.Name(map)}");
        foreach (var (key, value) in dict.Pairs)
            if (!names.TryAdd(Types.Text(key) ?? throw PythonError.Type("keywords must be strings"), value))
                throw PythonError.Type($"got multiple values for keyword argument {Representation.Of(key)}");
    }

    private Evaluator Item(Expression.Getitem item, Level level)
    {
        var node = Compile(item.Node, level);
        if (item.Argument is Expression.Slice slice)
        {
            var (start, stop, step) = (Bound(slice.Start), Bound(slice.Stop), Bound(slice.Step));
            return frame => Slicing.Slice(node(frame), start(frame), stop(frame), step(frame));
        }
        var key = Compile(item.Argument, level);
        return frame => Lookup.Item(node(frame), key(frame));

        Evaluator Bound(Expression? bound) => bound is null ? Constant(null) : Compile(bound, level);
    }

    private Evaluator Attribute(Expression.Getattr attribute, Level level)
    {
        var (node, name) = (Compile(attribute.Node, level), attribute.Attribute);
        return frame => Lookup.Attribute(node(frame), name);
    }

    private Evaluator Concat(Expression.Concat concat, Level level)
    {
        var parts = concat.Parts.Select(part => Compile(part, level)).ToArray();
        return frame =>
        {
            var values = Array.ConvertAll(parts, part => part(frame));
            if (frame.Run.Autoescape && values.Any(value => value is MarkupValue))
                return new MarkupValue(string.Concat(values.Select(value => MarkupValue.Escape(value).Text)));
            var text = string.Concat(values.Select(Representation.Text));
            Evaluation.Text(text.Length);
            return text;
        };
    }

    private Evaluator Compare(Expression.Compare compare, Level level)
    {
        var first = Compile(compare.First, level);
        var rest = compare.Rest.Select(one => (one.Sign, Value: Compile(one.Value, level))).ToArray();
        return frame =>
        {
            var left = first(frame);
            var holds = true;
            for (var i = 0; holds && i < rest.Length; i++)
            {
                var right = rest[i].Value(frame);
                holds = Compare(left, rest[i].Sign, right);
                left = right;
            }
            return holds;
        };
    }

    private static bool Compare(object? left, string sign, object? right) => sign switch
    {
        "eq" => Comparison.AreEqual(left, right),
        "ne" => !Comparison.AreEqual(left, right),
        "in" => Comparison.Contains(right, left),
        "notin" => !Comparison.Contains(right, left),
        "lt" => Comparison.Order(left, right, "<"),
        "lteq" => Comparison.Order(left, right, "<="),
        "gt" => Comparison.Order(left, right, ">"),
        _ => Comparison.Order(left, right, ">="),
    };

    private Evaluator Binary(Expression.Binary binary, Level level)
    {
        var (left, right, sign) = (Compile(binary.Left, level), Compile(binary.Right, level), binary.Sign);
        return sign switch
        {
            "and" => frame => left(frame) is var value && Types.IsTrue(value) ? right(frame) : value,
            "or" => frame => left(frame) is var value && Types.IsTrue(value) ? value : right(frame),
            _ => frame => Arithmetic.Apply(sign, left(frame), right(frame)),
        };
    }

    private Evaluator Unary(Expression.Unary unary, Level level)
    {
        var operand = Compile(unary.Operand, level);
        return unary.Sign switch
        {
            "not" => frame => !Types.IsTrue(operand(frame)),
            "neg" => frame => Arithmetic.Negate(operand(frame)),
            _ => frame => Arithmetic.Plus(operand(frame)),
        };
    }
}
