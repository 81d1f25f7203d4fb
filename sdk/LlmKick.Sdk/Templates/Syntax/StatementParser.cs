using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Syntax;

/// <summary>The tags.</summary>
internal sealed class StatementParser(TokenStream tokens, ExpressionParser expressions, Parser bodies, TemplateOptions options)
{
    public bool Knows(string tag) => tag switch
    {
        "generation" => options.GenerationTag,
        "break" or "continue" => options.LoopControls,
        _ => tag is "for" or "if" or "block" or "extends" or "print" or "macro" or "include" or "from" or "import" or "set" or "with"
            or "autoescape" or "call" or "filter",
    };

    /// <summary>Reads what follows a tag's name.</summary>
    public Statement Parse(Token tag) => tag.Text switch
    {
        "for" => For(tag.Line),
        "if" => If(tag.Line),
        "set" => Set(tag.Line),
        "macro" => Macro(tag.Line),
        "call" => Call(tag.Line),
        "generation" => new Statement.CallBlock(null, [], [], bodies.Through("name:endgeneration"), tag.Line),
        "filter" => new Statement.FilterBlock((Expression.Filter)expressions.Postfix.ParseFilter(null, first: true)!,
            bodies.Through("name:endfilter"), tag.Line),
        "with" => With(tag.Line),
        "autoescape" => new Statement.Autoescape(expressions.Parse(), bodies.Through("name:endautoescape"), tag.Line),
        "print" => Print(tag.Line),
        "block" => Block(tag.Line),
        "break" or "continue" => new Statement.Jump(tag.Text == "break", tag.Line),
        _ => new LoadParser(tokens, expressions).Parse(tag),
    };

    private Statement For(int line)
    {
        var target = expressions.ParseTarget("name:in");
        tokens.Expect("name:in");
        var source = expressions.ParseTuple(conditional: false, "name:recursive");
        var test = tokens.Skip("name:if") ? expressions.Parse() : null;
        var recursive = tokens.Skip("name:recursive");
        var body = bodies.Until("name:endfor", "name:else");
        var otherwise = tokens.Next().Text == "endfor" ? [] : bodies.Through("name:endfor");
        return new Statement.For(target, source, body, otherwise, test, recursive, line);
    }

    private Statement.If If(int line)
    {
        var branches = new List<(Expression Test, List<Statement> Body, int Line)>();
        while (true)
        {
            branches.Add((expressions.ParseTuple(conditional: false), bodies.Until("name:elif", "name:else", "name:endif"), line));
            var end = tokens.Next();
            line = tokens.Current.Line;
            if (end.Text == "elif")
                continue;
            var otherwise = end.Text == "else" ? bodies.Through("name:endif") : [];
            var others = branches.Skip(1).Select(one => new Statement.If(one.Test, one.Body, [], [], one.Line));
            return new Statement.If(branches[0].Test, branches[0].Body, [.. others], otherwise, branches[0].Line);
        }
    }

    private Statement Set(int line)
    {
        var target = expressions.ParseTarget(namespaces: true);
        if (tokens.Skip("assign"))
            return new Statement.Assign(target, expressions.ParseTuple(), line);
        var filter = (Expression.Filter?)expressions.Postfix.ParseFilter(null);
        return new Statement.AssignBlock(target, filter, bodies.Through("name:endset"), line);
    }

    private Statement Macro(int line)
    {
        var name = expressions.ParseName().Id;
        var (parameters, defaults) = Signature();
        return new Statement.Macro(name, parameters, defaults, bodies.Through("name:endmacro"), line);
    }

    private (List<Expression.Name> Parameters, List<Expression> Defaults) Signature()
    {
        var (parameters, defaults) = (new List<Expression.Name>(), new List<Expression>());
        tokens.Expect("lparen");
        while (tokens.Current.Type != "rparen")
        {
            if (parameters.Count > 0)
                tokens.Expect("comma");
            var parameter = expressions.ParseName(NameUse.Parameter);
            if (tokens.Skip("assign"))
                defaults.Add(expressions.Parse());
            else if (defaults.Count > 0)
                throw PythonError.Syntax("non-default argument follows default argument", tokens.Current.Line);
            parameters.Add(parameter);
        }
        tokens.Expect("rparen");
        return (parameters, defaults);
    }

    private Statement Call(int line)
    {
        var (parameters, defaults) = tokens.Current.Type == "lparen" ? Signature() : ([], []);
        var call = expressions.Parse() as Expression.Call ?? throw PythonError.Syntax("expected call", line);
        return new Statement.CallBlock(call, parameters, defaults, bodies.Through("name:endcall"), line);
    }

    private Statement With(int line)
    {
        var (targets, values) = (new List<Expression>(), new List<Expression>());
        while (tokens.Current.Type != "block_end")
        {
            if (targets.Count > 0)
                tokens.Expect("comma");
            targets.Add(expressions.ParseTarget(use: NameUse.Parameter));
            tokens.Expect("assign");
            values.Add(expressions.Parse());
        }
        return new Statement.With(targets, values, bodies.Through("name:endwith"), line);
    }

    private Statement Print(int line)
    {
        var parts = new List<Expression>();
        while (tokens.Current.Type != "block_end")
        {
            if (parts.Count > 0)
                tokens.Expect("comma");
            parts.Add(expressions.Parse());
        }
        return new Statement.Output(parts, line);
    }

    private Statement Block(int line)
    {
        var name = tokens.Expect("name").Text;
        var scoped = tokens.Skip("name:scoped");
        var required = tokens.Skip("name:required");
        if (tokens.Current.Type == "sub")
            throw PythonError.Syntax("Block names in Jinja have to be valid Python identifiers and may not contain hyphens, use an "
                + "underscore instead.", tokens.Current.Line);
        var body = bodies.Through("name:endblock");
        if (required && body.Any(part => part is not Statement.Output output
            || output.Parts.Any(one => one is not Expression.Data data || !Spaces.IsBlank(data.Text))))
            throw PythonError.Syntax("Required blocks can only contain comments or whitespace", tokens.Current.Line);
        tokens.Skip("name:" + name);
        return new Statement.Block(name, body, scoped, required, line);
    }
}
