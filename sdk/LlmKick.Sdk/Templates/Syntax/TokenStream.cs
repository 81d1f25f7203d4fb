using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Syntax;

/// <summary>Tokens, read one ahead.</summary>
internal sealed class TokenStream
{
    private readonly IEnumerator<Token> tokens;
    private Token? pushed;

    public TokenStream(IEnumerable<Token> source)
    {
        tokens = source.GetEnumerator();
        Current = new Token(1, "initial", "");
        Next();
    }

    public Token Current { get; private set; }

    public bool Ended => Current.Type == "eof";

    /// <summary>Goes one token ahead and returns the one before.</summary>
    public Token Next()
    {
        var token = Current;
        if (pushed is { } next)
            (Current, pushed) = (next, null);
        else if (!Ended)
            Current = tokens.MoveNext() ? tokens.Current : new Token(Current.Line, "eof", "");
        return token;
    }

    public Token Look()
    {
        var before = Next();
        pushed = Current;
        Current = before;
        return pushed.Value;
    }

    public bool Skip(string expression)
    {
        if (!Current.Is(expression))
            return false;
        Next();
        return true;
    }

    public Token Expect(string expression)
    {
        if (Current.Is(expression))
            return Next();
        var wanted = Token.Quoted(Token.DescribeExpression(expression));
        throw PythonError.Syntax(
            Ended ? $"unexpected end of template, expected {wanted}." : $"expected token {wanted}, got {Token.Quoted(Current.Describe())}",
            Current.Line);
    }
}
