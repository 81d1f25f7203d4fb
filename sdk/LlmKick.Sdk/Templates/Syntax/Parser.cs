using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Syntax;

/// <summary>Reads a template into statements.</summary>
internal sealed class Parser
{
    // The compiler calls itself for each level, and its stack ends with the process.
    private const int MaxNesting = 100;

    private readonly TokenStream tokens;
    private readonly ExpressionParser expressions;
    private readonly StatementParser statements;
    private readonly TagStack stack = new();

    private Parser(string source, TemplateOptions options)
    {
        tokens = new TokenStream(new Lexer(source, options).Read());
        expressions = new ExpressionParser(tokens, options.MaxDepth);
        statements = new StatementParser(tokens, expressions, this, options);
    }

    public static IReadOnlyList<Statement> Parse(string source, TemplateOptions options) => new Parser(source, options).Body([]);

    /// <summary>The statements up to one of the tags that end them, whose name is then the current token.</summary>
    public List<Statement> Until(params string[] ends)
    {
        tokens.Skip("colon");
        tokens.Expect("block_end");
        var body = Body(ends);
        return tokens.Ended ? throw PythonError.Syntax(stack.Fault(null, ends), tokens.Current.Line) : body;
    }

    /// <summary>The statements up to the tag that ends them, which is left behind.</summary>
    public List<Statement> Through(string end)
    {
        var body = Until(end);
        tokens.Next();
        return body;
    }

    private List<Statement> Body(string[] ends)
    {
        var body = new List<Statement>();
        var output = new List<Expression>();
        if (ends.Length > 0)
            stack.Open(ends);
        while (!tokens.Ended)
        {
            if (tokens.Current.Type != "block_begin")
            {
                output.Add(Part());
                continue;
            }
            Flush(output, body);
            tokens.Next();
            if (ends.Any(tokens.Current.Is))
                break;
            body.Add(Statement());
            tokens.Expect("block_end");
        }
        Flush(output, body);
        if (ends.Length > 0)
            stack.Close();
        return body;
    }

    private Expression Part()
    {
        var token = tokens.Next();
        if (token.Type == "data")
            return new Expression.Data(token.Text, token.Line);
        var expression = expressions.ParseTuple();
        tokens.Expect("variable_end");
        return expression;
    }

    private static void Flush(List<Expression> output, List<Statement> body)
    {
        if (output.Count == 0)
            return;
        body.Add(new Statement.Output([.. output], output[0].Line));
        output.Clear();
    }

    private Statement Statement()
    {
        var token = tokens.Current;
        if (token.Type != "name")
            throw PythonError.Syntax("tag name expected", token.Line);
        if (!statements.Knows(token.Text))
            throw PythonError.Syntax(stack.Fault(token.Text, null), token.Line);
        if (stack.Depth >= MaxNesting)
            throw new PythonError("IndentationError", "too many levels of indentation", token.Line);
        stack.Tags.Push(token.Text);
        var statement = statements.Parse(tokens.Next());
        stack.Tags.Pop();
        return statement;
    }
}
