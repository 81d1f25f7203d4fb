using System.Text.RegularExpressions;
using LlmKick.Sdk;

namespace LlmKick.Transformers.Formats.Quantization;

/// <summary>Expressions by which checkpoints name linears; whoever wrote one, it takes time in proportion to the name.</summary>
internal static class ModulePattern
{
    private const int Longest = 1000;

    /// <summary>An expression that matches from a name's beginning.</summary>
    public static Regex Read(string path, string expression)
    {
        try
        {
            // Counted repetitions make machines without backtracking large.
            if (expression.Length <= Longest && !expression.Contains('{', StringComparison.Ordinal))
                return new Regex($@"\A(?:{expression})", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw Unreadable(path, expression, e);
        }
        throw Unreadable(path, expression, null);
    }

    private static LlmKickException Unreadable(string path, string expression, Exception? cause)
    {
        var message = $"'{path}' names linears by the expression '{(expression.Length <= 60 ? expression : expression[..60] + "…")}', which cannot be read.";
        return cause is null ? new LlmKickException(message) : new LlmKickException(message, cause);
    }
}
