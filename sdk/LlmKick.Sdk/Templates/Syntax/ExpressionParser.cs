using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Syntax;

/// <summary>Expressions, after the order of precedence of Jinja: <c>~</c> binds more tightly than <c>+</c> and <c>-</c>.</summary>
internal sealed class ExpressionParser
{
    private static readonly string[] Comparisons = ["eq", "ne", "lt", "lteq", "gt", "gteq"];

    private readonly TokenStream tokens;
    private readonly PostfixParser postfix;
    private readonly int maxDepth;
    private int depth;

    public ExpressionParser(TokenStream tokens, int maxDepth)
    {
        (this.tokens, this.maxDepth) = (tokens, maxDepth);
        postfix = new PostfixParser(tokens, this, maxDepth);
    }

    public PostfixParser Postfix => postfix;

    public Expression Parse(bool conditional = true)
    {
        if (++depth > maxDepth)
            throw PythonError.Recursion();
        var expression = conditional ? Conditional() : Or();
        depth--;
        return expression;
    }

    /// <summary>An expression, or several with commas between them.</summary>
    public Expression ParseTuple(bool conditional = true, string? end = null, bool brackets = false) =>
        Tuple(() => Parse(conditional), end, brackets);

    /// <summary>A name, an attribute of a namespace where that is allowed, or a tuple of these.</summary>
    public Expression ParseTarget(string? end = null, bool namespaces = false, NameUse use = NameUse.Store)
    {
        var target = Targets.Of(Tuple(() => postfix.Primary(namespaces), end, brackets: false), use);
        return Targets.CanAssign(target) ? target : throw PythonError.Syntax($"can't assign to {Token.Quoted(target.Kind)}", target.Line);
    }

    public Expression.Name ParseName(NameUse use = NameUse.Store)
    {
        var token = tokens.Expect("name");
        var name = new Expression.Name(token.Text, use, token.Line);
        return Targets.CanAssign(name) ? name : throw PythonError.Syntax("can't assign to 'name'", token.Line);
    }

    private Expression Tuple(Func<Expression> parse, string? end, bool brackets)
    {
        var line = tokens.Current.Line;
        var items = new List<Expression>();
        var several = false;
        while (true)
        {
            if (items.Count > 0)
                tokens.Expect("comma");
            if (tokens.Current.Type is "variable_end" or "block_end" or "rparen" || (end is not null && tokens.Current.Is(end)))
                break;
            items.Add(parse());
            if (tokens.Current.Type != "comma")
                break;
            several = true;
            line = tokens.Current.Line;
        }
        if (!several && items.Count > 0)
            return items[0];
        if (!several && !brackets)
            throw PythonError.Syntax($"Expected an expression, got {Token.Quoted(tokens.Current.Describe())}", tokens.Current.Line);
        return new Expression.Tuple(items, line);
    }

    private Expression Conditional()
    {
        var line = tokens.Current.Line;
        var then = Or();
        for (var length = 0; tokens.Skip("name:if"); length++)
        {
            if (length > maxDepth)
                throw PythonError.Recursion();
            var test = Or();
            var otherwise = tokens.Skip("name:else") ? Parse() : null;
            then = new Expression.CondExpr(test, then, otherwise, line);
            line = tokens.Current.Line;
        }
        return then;
    }

    private Expression Or() => Chain(And, "name:or");

    private Expression And() => Chain(Not, "name:and");

    private Expression Not()
    {
        if (!tokens.Current.Is("name:not"))
            return Compare();
        var line = tokens.Next().Line;
        if (++depth > maxDepth)
            throw PythonError.Recursion();
        var operand = Not();
        depth--;
        return new Expression.Unary("not", operand, line);
    }

    private Expression Compare()
    {
        var line = tokens.Current.Line;
        var first = Sum();
        var rest = new List<(string, Expression)>();
        while (Comparison() is { } sign)
            rest.Add((sign, Sum()));
        return rest.Count == 0 ? first : new Expression.Compare(first, rest, line);
    }

    private string? Comparison()
    {
        if (Comparisons.Contains(tokens.Current.Type))
            return tokens.Next().Type;
        if (tokens.Skip("name:in"))
            return "in";
        if (!tokens.Current.Is("name:not") || !tokens.Look().Is("name:in"))
            return null;
        tokens.Next();
        tokens.Next();
        return "notin";
    }

    private Expression Sum() => Chain(Concat, "add", "sub");

    private Expression Concat()
    {
        var line = tokens.Current.Line;
        var parts = new List<Expression> { Product() };
        while (tokens.Skip("tilde"))
            parts.Add(Product());
        return parts.Count == 1 ? parts[0] : new Expression.Concat(parts, line);
    }

    private Expression Product() => Chain(Power, "mul", "div", "floordiv", "mod");

    private Expression Power() => Chain(() => Unary(filters: true), "pow");

    private Expression Chain(Func<Expression> operand, params ReadOnlySpan<string> signs)
    {
        var line = tokens.Current.Line;
        var left = operand();
        for (var length = 1; Sign(signs) is { } sign; length++)
        {
            if (length > maxDepth)
                throw PythonError.Recursion();
            tokens.Next();
            left = new Expression.Binary(sign, left, operand(), line);
            line = tokens.Current.Line;
        }
        return left;
    }

    private string? Sign(ReadOnlySpan<string> signs)
    {
        foreach (var sign in signs)
            if (tokens.Current.Is(sign))
                return sign.StartsWith("name:", StringComparison.Ordinal) ? sign[5..] : sign;
        return null;
    }

    private Expression Unary(bool filters)
    {
        var token = tokens.Current;
        Expression node;
        if (token.Type is "sub" or "add")
        {
            tokens.Next();
            if (++depth > maxDepth)
                throw PythonError.Recursion();
            node = new Expression.Unary(token.Type == "sub" ? "neg" : "pos", Unary(filters: false), token.Line);
            depth--;
        }
        else
            node = postfix.Primary();
        node = postfix.Parse(node);
        return filters ? postfix.ParseFilters(node) : node;
    }
}
