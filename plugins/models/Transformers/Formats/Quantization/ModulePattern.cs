using System.Text.RegularExpressions;
using LlmKick.Sdk;

namespace LlmKick.Transformers.Formats.Quantization;

/// <summary>Expressions by which checkpoints name linears; whoever wrote one, it takes time in proportion to the name.</summary>
internal static class ModulePattern
{
    // The machine of an expression grows with its length; real ones name a few modules.
    private const int Longest = 1000;

    /// <summary>An expression that matches from a name's beginning.</summary>
    public static Regex Read(string path, string expression) => Find(expression) ?? throw new LlmKickException(
        $"'{path}' names linears by the expression '{(expression.Length <= 60 ? expression : expression[..60] + "…")}', which "
            + $"cannot be read.");

    /// <summary>The same; null where it cannot be read.</summary>
    public static Regex? Find(string expression)
    {
        try
        {
            // Counted repetitions make machines without backtracking large.
            return expression.Length <= Longest && !expression.Contains('{', StringComparison.Ordinal)
                ? new Regex($@"\A(?:{expression})", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)
                : null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
