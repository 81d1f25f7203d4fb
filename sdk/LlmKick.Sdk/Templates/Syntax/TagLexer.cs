using System.Numerics;
using System.Text.RegularExpressions;
using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Syntax;

/// <summary>The tokens inside a tag.</summary>
internal sealed partial class TagLexer(LexerState state, bool trim)
{
    private readonly Stack<char> brackets = new();

    /// <summary>The tokens of a tag, its beginning and end included.</summary>
    public IEnumerable<Token> Read(string kind, int end)
    {
        brackets.Clear();
        yield return state.Take(kind + "_begin", end);
        while (true)
        {
            if (brackets.Count == 0 && End(kind) is var close && close >= 0)
            {
                yield return state.Take(kind + "_end", close);
                yield break;
            }
            state.Skip(Spaces.Skip(state.Text, state.Position));
            if (state.Position >= state.Text.Length)
                yield break;
            if (brackets.Count > 0 || End(kind) < 0)
                yield return Next();
        }
    }

    private int End(string kind) => kind == "block" ? state.TagEnd(state.Position, "%}", trim)
        : state.TagEnd(state.Position, "}}", trim: false, plus: false);

    private Token Next()
    {
        if (FloatPattern().Match(state.Text, state.Position) is { Success: true } real)
            return state.Take("float", real.Index + real.Length,
                NumberText.ParseFloat(real.Value.Replace("_", "", StringComparison.Ordinal)));
        if (IntegerPattern().Match(state.Text, state.Position) is { Success: true } whole)
            return state.Take("integer", whole.Index + whole.Length, Integer(whole.Value.Replace("_", "", StringComparison.Ordinal)));
        if (Identifiers.End(state.Text, state.Position) is var word && word > state.Position)
            return Name(word);
        if (StringEnd() is var text && text > state.Position)
            return state.Take("string", text, StringLiteral.Read(state.Text[(state.Position + 1)..(text - 1)], state.Line));
        return Operator();
    }

    private Token Name(int end)
    {
        var line = state.Line;
        var token = state.Take("name", end);
        return Identifiers.IsIdentifier(token.Text) ? token : throw PythonError.Syntax("Invalid character in identifier", line);
    }

    private Token Operator()
    {
        if (Operators.At(state.Text, state.Position) is not { } sign)
            throw PythonError.Syntax($"unexpected char {Token.Quoted(CodePoints.At(state.Text, state.Position))} at "
                + $"{CodePoints.Count(state.Text.AsSpan(0, state.Position))}", state.Line);
        Balance(sign);
        return state.Take(Operators.ByText[sign], state.Position + sign.Length);
    }

    private void Balance(string sign)
    {
        if (sign is "(" or "[" or "{")
            brackets.Push(sign switch { "(" => ')', "[" => ']', _ => '}' });
        else if (sign is ")" or "]" or "}")
        {
            if (!brackets.TryPop(out var expected))
                throw PythonError.Syntax($"unexpected '{sign}'", state.Line);
            if (expected != sign[0])
                throw PythonError.Syntax($"unexpected '{sign}', expected '{expected}'", state.Line);
        }
    }

    /// <summary>Where a quoted text ends; the position itself where none stands there.</summary>
    private int StringEnd()
    {
        var quote = state.Text[state.Position];
        if (quote is not ('\'' or '"'))
            return state.Position;
        for (var at = state.Position + 1; at < state.Text.Length; at++)
            if (state.Text[at] == quote)
                return at + 1;
            else if (state.Text[at] == '\\')
                at++;
        return state.Position;
    }

    private static BigInteger Integer(string digits) => digits.Length > 1 && char.IsLetter(digits[1])
        ? NumberText.ParseDigits(digits[2..], char.ToLowerInvariant(digits[1]) switch { 'b' => 2, 'o' => 8, _ => 16 })
        : NumberText.ParseDigits(digits, 10);

    [GeneratedRegex(@"\G(?<!\.)(\d+_)*\d+((\.(\d+_)*\d+)?e[+\-]?(\d+_)*\d+|\.(\d+_)*\d+)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FloatPattern();

    [GeneratedRegex(@"\G(0b(_?[0-1])+|0o(_?[0-7])+|0x(_?[\da-f])+|[1-9](_?\d)*|0(_?0)*)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex IntegerPattern();
}
