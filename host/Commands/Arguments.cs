using System.Text.RegularExpressions;

namespace LlmKick.Commands;

/// <summary>The words of a command line as its parser has to see them.</summary>
internal static partial class Arguments
{
    /// <summary>Writes <c>--x=</c> as <c>--x ''</c>: the parser would take the next word as the value. What follows <c>--</c> is no
    /// option.</summary>
    public static string[] WithEmptyValues(IReadOnlyList<string> words)
    {
        var end = words.TakeWhile(word => word != "--").Count();
        return [.. words.Take(end).SelectMany(word => Empty().IsMatch(word) ? [word[..^1], ""] : new[] { word }), .. words.Skip(end)];
    }

    [GeneratedRegex("^--?[A-Za-z][A-Za-z-]*=$", RegexOptions.CultureInvariant)]
    private static partial Regex Empty();
}
