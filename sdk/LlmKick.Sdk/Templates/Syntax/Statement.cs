namespace LlmKick.Sdk.Templates.Syntax;

/// <summary>A statement of a template.</summary>
internal abstract class Statement(int line) : Node(line)
{
    public sealed class Output(IReadOnlyList<Expression> parts, int line) : Statement(line)
    {
        public IReadOnlyList<Expression> Parts => parts;

        public override IEnumerable<Node> Children => parts;
    }

    public sealed class For(Expression target, Expression source, IReadOnlyList<Statement> body, IReadOnlyList<Statement> otherwise,
        Expression? test, bool recursive, int line) : Statement(line)
    {
        public Expression Target => target;

        public Expression Source => source;

        public IReadOnlyList<Statement> Body => body;

        public IReadOnlyList<Statement> Otherwise => otherwise;

        public Expression? Test => test;

        public bool Recursive => recursive;

        public override IEnumerable<Node> Children =>
            [target, source, .. body, .. otherwise, .. test is null ? Array.Empty<Node>() : [test]];
    }

    public sealed class If(Expression test, IReadOnlyList<Statement> body, IReadOnlyList<If> others, IReadOnlyList<Statement> otherwise,
        int line) : Statement(line)
    {
        public Expression Test => test;

        public IReadOnlyList<Statement> Body => body;

        public IReadOnlyList<If> Others => others;

        public IReadOnlyList<Statement> Otherwise => otherwise;

        public override IEnumerable<Node> Children => [test, .. body, .. others, .. otherwise];
    }

    /// <summary>What <c>macro</c>, <c>call</c> and <c>generation</c> have in common: parameters and a body that is a function of its
    /// own.</summary>
    public abstract class Function(IReadOnlyList<Expression.Name> parameters, IReadOnlyList<Expression> defaults,
        IReadOnlyList<Statement> body, int line) : Statement(line)
    {
        public IReadOnlyList<Expression.Name> Parameters => parameters;

        public IReadOnlyList<Expression> Defaults => defaults;

        public IReadOnlyList<Statement> Body => body;

        public override IEnumerable<Node> Children => [.. parameters, .. defaults, .. body];
    }

    public sealed class Macro(string name, IReadOnlyList<Expression.Name> parameters, IReadOnlyList<Expression> defaults,
        IReadOnlyList<Statement> body, int line) : Function(parameters, defaults, body, line)
    {
        public string Name => name;
    }

    /// <summary>A block that is handed to a macro; without a call, one that marks what the model wrote.</summary>
    public sealed class CallBlock(Expression.Call? call, IReadOnlyList<Expression.Name> parameters, IReadOnlyList<Expression> defaults,
        IReadOnlyList<Statement> body, int line) : Function(parameters, defaults, body, line)
    {
        public Expression.Call? Call => call;

        public override IEnumerable<Node> Children => call is null ? base.Children : base.Children.Prepend(call);
    }

    public sealed class FilterBlock(Expression.Filter filter, IReadOnlyList<Statement> body, int line) : Statement(line)
    {
        public Expression.Filter Filter => filter;

        public IReadOnlyList<Statement> Body => body;

        public override IEnumerable<Node> Children => [.. body, filter];
    }

    public sealed class With(IReadOnlyList<Expression> targets, IReadOnlyList<Expression> values, IReadOnlyList<Statement> body, int line)
        : Statement(line)
    {
        public IReadOnlyList<Expression> Targets => targets;

        public IReadOnlyList<Expression> Values => values;

        public IReadOnlyList<Statement> Body => body;

        public override IEnumerable<Node> Children => [.. targets, .. values, .. body];
    }

    public sealed class Block(string name, IReadOnlyList<Statement> body, bool scoped, bool required, int line) : Statement(line)
    {
        public string Name => name;

        public IReadOnlyList<Statement> Body => body;

        public bool Scoped => scoped;

        public bool Required => required;

        public override IEnumerable<Node> Children => body;
    }

    /// <summary><c>extends</c>, <c>include</c>, <c>import</c> or <c>from … import</c>: read, and refused when reached.</summary>
    public sealed class Load(string tag, Expression template, IReadOnlyList<string> names, int line) : Statement(line)
    {
        public string Tag => tag;

        public Expression Template => template;

        public IReadOnlyList<string> Names => names;

        public override IEnumerable<Node> Children => [template];
    }

    public sealed class Assign(Expression target, Expression value, int line) : Statement(line)
    {
        public Expression Target => target;

        public Expression Value => value;

        public override IEnumerable<Node> Children => [target, value];
    }

    public sealed class AssignBlock(Expression target, Expression.Filter? filter, IReadOnlyList<Statement> body, int line) : Statement(line)
    {
        public Expression Target => target;

        public Expression.Filter? Filter => filter;

        public IReadOnlyList<Statement> Body => body;

        public override IEnumerable<Node> Children => [target, .. filter is null ? Array.Empty<Node>() : [filter], .. body];
    }

    public sealed class Autoescape(Expression value, IReadOnlyList<Statement> body, int line) : Statement(line)
    {
        public Expression Value => value;

        public IReadOnlyList<Statement> Body => body;

        public override IEnumerable<Node> Children => [value, .. body];
    }

    public sealed class Jump(bool leaves, int line) : Statement(line)
    {
        /// <summary>Whether the loop is left, or goes on with its next item.</summary>
        public bool Leaves => leaves;
    }
}
