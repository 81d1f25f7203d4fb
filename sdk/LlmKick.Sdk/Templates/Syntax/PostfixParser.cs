using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Syntax;

/// <summary>Literals and names, and what may stand behind them: attributes, items, calls, filters, tests.</summary>
internal sealed class PostfixParser(TokenStream tokens, ExpressionParser expressions, int maxDepth)
{
    public Expression Primary(bool namespaces = false)
    {
        var token = tokens.Current;
        switch (token.Type)
        {
            case "name":
                tokens.Next();
                return Name(token, namespaces);
            case "string":
                return Texts();
            case "integer" or "float":
                return new Expression.Const(tokens.Next().Value, token.Line);
            case "lparen":
                tokens.Next();
                var inner = expressions.ParseTuple(brackets: true);
                tokens.Expect("rparen");
                return inner;
            case "lbracket":
                return new Expression.List(Items("lbracket", "rbracket", () => expressions.Parse()), token.Line);
            case "lbrace":
                return new Expression.Dict(Items("lbrace", "rbrace", Pair), token.Line);
            default:
                throw PythonError.Syntax($"unexpected {Token.Quoted(token.Describe())}", token.Line);
        }
    }

    public Expression Parse(Expression node)
    {
        for (var length = 0; length <= maxDepth; length++)
            if (tokens.Current.Type is "dot" or "lbracket")
                node = Subscript(node);
            else if (tokens.Current.Type == "lparen")
                node = Call(node);
            else
                return node;
        throw PythonError.Recursion();
    }

    public Expression ParseFilters(Expression node)
    {
        for (var length = 0; length <= maxDepth; length++)
            if (tokens.Current.Type == "pipe")
                node = ParseFilter(node)!;
            else if (tokens.Current.Is("name:is"))
                node = Test(node);
            else if (tokens.Current.Type == "lparen")
                node = Call(node);
            else
                return node;
        throw PythonError.Recursion();
    }

    /// <summary>Filters; <paramref name="first"/> is set where the first stands without its sign.</summary>
    public Expression? ParseFilter(Expression? node, bool first = false)
    {
        for (var length = 0; tokens.Current.Type == "pipe" || first; length++)
        {
            if (length > maxDepth)
                throw PythonError.Recursion();
            if (!first)
                tokens.Next();
            var line = tokens.Current.Line;
            var name = DottedName();
            node = new Expression.Filter(node, name, tokens.Current.Type == "lparen" ? ParseArguments() : Arguments.None, line);
            first = false;
        }
        return node;
    }

    private Expression Name(Token token, bool namespaces)
    {
        if (token.Text is "true" or "false" or "True" or "False")
            return new Expression.Const(token.Text is "true" or "True", token.Line);
        if (token.Text is "none" or "None")
            return new Expression.Const(null, token.Line);
        return namespaces && tokens.Skip("dot")
            ? new Expression.NamespaceReference(token.Text, tokens.Expect("name").Text, token.Line)
            : new Expression.Name(token.Text, NameUse.Load, token.Line);
    }

    private Expression.Const Texts()
    {
        var (line, text) = (tokens.Current.Line, "");
        while (tokens.Current.Type == "string")
            text += (string)tokens.Next().Value!;
        return new Expression.Const(text, line);
    }

    private List<T> Items<T>(string begin, string end, Func<T> parse)
    {
        tokens.Expect(begin);
        var items = new List<T>();
        while (tokens.Current.Type != end)
        {
            if (items.Count > 0)
                tokens.Expect("comma");
            if (tokens.Current.Type == end)
                break;
            items.Add(parse());
        }
        tokens.Expect(end);
        return items;
    }

    private (Expression Key, Expression Value) Pair()
    {
        var key = expressions.Parse();
        tokens.Expect("colon");
        return (key, expressions.Parse());
    }

    private Expression Subscript(Expression node)
    {
        var token = tokens.Next();
        if (token.Type == "dot")
            return Attribute(node, token.Line, tokens.Next());
        var items = new List<Expression>();
        while (tokens.Current.Type != "rbracket")
        {
            if (items.Count > 0)
                tokens.Expect("comma");
            items.Add(Subscribed());
        }
        tokens.Expect("rbracket");
        return new Expression.Getitem(node, items.Count == 1 ? items[0] : new Expression.Tuple(items, token.Line), token.Line);
    }

    private static Expression Attribute(Expression node, int line, Token name) => name.Type switch
    {
        "name" => new Expression.Getattr(node, name.Text, line),
        "integer" => new Expression.Getitem(node, new Expression.Const(name.Value, name.Line), line),
        _ => throw PythonError.Syntax("expected name or number", name.Line),
    };

    private Expression Subscribed()
    {
        var line = tokens.Current.Line;
        Expression? start = null;
        if (!tokens.Skip("colon"))
        {
            start = expressions.Parse();
            if (!tokens.Skip("colon"))
                return start;
        }
        var stop = tokens.Current.Type is "colon" or "rbracket" or "comma" ? null : expressions.Parse();
        var step = tokens.Skip("colon") && tokens.Current.Type is not ("rbracket" or "comma") ? expressions.Parse() : null;
        return new Expression.Slice(start, stop, step, line);
    }

    private Expression.Call Call(Expression node)
    {
        var line = tokens.Current.Line;
        return new Expression.Call(node, ParseArguments(), line);
    }

    private Arguments ParseArguments()
    {
        var line = tokens.Expect("lparen").Line;
        var (positional, named) = (new List<Expression>(), new List<(string, Expression)>());
        Expression? list = null, map = null;
        for (var comma = false; tokens.Current.Type != "rparen"; comma = true)
        {
            if (comma)
                tokens.Expect("comma");
            if (comma && tokens.Current.Type == "rparen")
                break;
            Argument(positional, named, ref list, ref map, line);
        }
        tokens.Expect("rparen");
        return new Arguments(positional, named, list, map);
    }

    private void Argument(List<Expression> positional, List<(string, Expression)> named, ref Expression? list,
        ref Expression? map, int line)
    {
        if (tokens.Current.Type == "mul" && Ensure(list is null && map is null, line))
        {
            tokens.Next();
            list = expressions.Parse();
        }
        else if (tokens.Current.Type == "pow" && Ensure(map is null, line))
        {
            tokens.Next();
            map = expressions.Parse();
        }
        else if (tokens.Current.Type == "name" && tokens.Look().Type == "assign" && Ensure(map is null, line))
        {
            var name = tokens.Next().Text;
            tokens.Next();
            named.Add((name, expressions.Parse()));
        }
        else if (Ensure(list is null && map is null && named.Count == 0, line))
            positional.Add(expressions.Parse());
    }

    private static bool Ensure(bool right, int line) => right ? true
        : throw PythonError.Syntax("invalid syntax for function call expression", line);

    private string DottedName()
    {
        var name = tokens.Expect("name").Text;
        while (tokens.Skip("dot"))
            name += "." + tokens.Expect("name").Text;
        return name;
    }

    private Expression Test(Expression node)
    {
        var line = tokens.Next().Line;
        var negated = tokens.Skip("name:not");
        var test = new Expression.Test(node, DottedName(), TestArguments(), line);
        return negated ? new Expression.Unary("not", test, line) : test;
    }

    private Arguments TestArguments()
    {
        var token = tokens.Current;
        if (token.Type == "lparen")
            return ParseArguments();
        if (token.Type is not ("name" or "string" or "integer" or "float" or "lbracket" or "lbrace") || token.Is("name:else")
            || token.Is("name:or") || token.Is("name:and"))
            return Arguments.None;
        if (token.Is("name:is"))
            throw PythonError.Syntax("You cannot chain multiple tests with is", token.Line);
        return new Arguments([Parse(Primary())], [], null, null);
    }
}
