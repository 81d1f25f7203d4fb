namespace LlmKick.Sdk.Templates.Syntax;

/// <summary>An expression of a template.</summary>
internal abstract class Expression(int line) : Node(line)
{
    /// <summary>What Jinja calls this kind when it refuses it.</summary>
    public virtual string Kind => GetType().Name.ToLowerInvariant();

    public sealed class Name(string id, NameUse use, int line) : Expression(line)
    {
        public string Id => id;

        public NameUse Use => use;
    }

    public sealed class NamespaceReference(string id, string attribute, int line) : Expression(line)
    {
        public string Id => id;

        public string Attribute => attribute;
    }

    public sealed class Const(object? value, int line) : Expression(line)
    {
        public object? Value => value;
    }

    /// <summary>Text outside all tags.</summary>
    public sealed class Data(string text, int line) : Expression(line)
    {
        public string Text => text;
    }

    public sealed class Tuple(IReadOnlyList<Expression> items, int line) : Expression(line)
    {
        public IReadOnlyList<Expression> Items => items;

        public override IEnumerable<Node> Children => items;
    }

    public sealed class List(IReadOnlyList<Expression> items, int line) : Expression(line)
    {
        public IReadOnlyList<Expression> Items => items;

        public override IEnumerable<Node> Children => items;
    }

    public sealed class Dict(IReadOnlyList<(Expression Key, Expression Value)> items, int line) : Expression(line)
    {
        public IReadOnlyList<(Expression Key, Expression Value)> Items => items;

        public override IEnumerable<Node> Children => items.SelectMany(item => new Node[] { item.Key, item.Value });
    }

    public sealed class CondExpr(Expression condition, Expression then, Expression? otherwise, int line) : Expression(line)
    {
        public Expression Condition => condition;

        public Expression Then => then;

        public Expression? Otherwise => otherwise;

        public override IEnumerable<Node> Children => otherwise is null ? [condition, then] : [condition, then, otherwise];
    }

    public sealed class Filter(Expression? node, string id, Arguments arguments, int line) : Expression(line)
    {
        public Expression? Node => node;

        public string Id => id;

        public Arguments Arguments => arguments;

        public override IEnumerable<Node> Children => node is null ? arguments.Children : arguments.Children.Prepend(node);
    }

    public sealed class Test(Expression node, string id, Arguments arguments, int line) : Expression(line)
    {
        public Expression Node => node;

        public string Id => id;

        public Arguments Arguments => arguments;

        public override IEnumerable<Node> Children => arguments.Children.Prepend(node);
    }

    public sealed class Call(Expression node, Arguments arguments, int line) : Expression(line)
    {
        public Expression Node => node;

        public Arguments Arguments => arguments;

        public override IEnumerable<Node> Children => arguments.Children.Prepend(node);
    }

    public sealed class Getitem(Expression node, Expression argument, int line) : Expression(line)
    {
        public Expression Node => node;

        public Expression Argument => argument;

        public override IEnumerable<Node> Children => [node, argument];
    }

    public sealed class Getattr(Expression node, string attribute, int line) : Expression(line)
    {
        public Expression Node => node;

        public string Attribute => attribute;

        public override IEnumerable<Node> Children => [node];
    }

    public sealed class Slice(Expression? start, Expression? stop, Expression? step, int line) : Expression(line)
    {
        public Expression? Start => start;

        public Expression? Stop => stop;

        public Expression? Step => step;

        public override IEnumerable<Node> Children => new[] { start, stop, step }.OfType<Node>();
    }

    public sealed class Concat(IReadOnlyList<Expression> parts, int line) : Expression(line)
    {
        public IReadOnlyList<Expression> Parts => parts;

        public override IEnumerable<Node> Children => parts;
    }

    public sealed class Compare(Expression first, IReadOnlyList<(string Sign, Expression Value)> rest, int line) : Expression(line)
    {
        public Expression First => first;

        public IReadOnlyList<(string Sign, Expression Value)> Rest => rest;

        public override IEnumerable<Node> Children => rest.Select(one => one.Value).Prepend(first);
    }

    public sealed class Binary(string sign, Expression left, Expression right, int line) : Expression(line)
    {
        public string Sign => sign;

        public Expression Left => left;

        public Expression Right => right;

        public override IEnumerable<Node> Children => [left, right];

        public override string Kind => sign;
    }

    public sealed class Unary(string sign, Expression operand, int line) : Expression(line)
    {
        public string Sign => sign;

        public Expression Operand => operand;

        public override IEnumerable<Node> Children => [operand];

        public override string Kind => sign;
    }
}
