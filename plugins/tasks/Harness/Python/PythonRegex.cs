using System.Text;
using System.Text.RegularExpressions;
using LlmKick.Sdk;

namespace LlmKick.Harness.Python;

/// <summary>Python's <c>re</c>, by .NET's: what is written otherwise is rewritten.</summary>
internal static partial class PythonRegex
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>Makes a pattern.</summary>
    /// <param name="pattern">As Python writes it.</param>
    /// <param name="place">File and key, for messages.</param>
    /// <exception cref="LlmKickException">It is none.</exception>
    public static Regex Of(string pattern, string place)
    {
        try
        {
            return new Regex(Rewrite(pattern), RegexOptions.CultureInvariant, Longest);
        }
        catch (ArgumentException fault)
        {
            throw new LlmKickException($"{place}: '{pattern}' is no regular expression ({fault.Message.Split('\n')[0]}); mend it.", fault);
        }
    }

    /// <summary>What is put in place of a match, as Python writes it: <c>\1</c>, <c>\g&lt;name&gt;</c>.</summary>
    public static string Replacement(string text) => References().Replace(text.Replace("$", "$$", StringComparison.Ordinal),
        match => $"${{{match.Groups[1].Value}{match.Groups[2].Value}}}");

    [GeneratedRegex(@"\\(?:(\d{1,2})|g<(\w+)>)")]
    private static partial Regex References();

    /// <summary>Named groups, the end of the text and possessive marks, outside of classes and behind no backslash.</summary>
    private static string Rewrite(string pattern)
    {
        var written = new StringBuilder(pattern.Length);
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var rest = pattern.AsSpan(i);
            if (pattern[i] == '\\' && i + 1 < pattern.Length)
            {
                written.Append(pattern[i + 1] == 'Z' && !inClass ? @"\z" : pattern.AsSpan(i, 2));
                i++;
                continue;
            }
            if (!inClass && rest.StartsWith("(?P<"))
            {
                written.Append("(?<");
                i += 3;
                continue;
            }
            if (!inClass && rest.StartsWith("(?P="))
            {
                var end = pattern.IndexOf(')', i);
                written.Append(@"\k<").Append(pattern.AsSpan(i + 4, end - i - 4)).Append('>');
                i = end;
                continue;
            }
            if (pattern[i] == '[' && inClass)
            {
                written.Append(@"\[");
                continue;
            }
            if (pattern[i] == '[')
            {
                inClass = true;
                written.Append('[');
                // A bracket that comes first is one of the class.
                if (i + 1 < pattern.Length && pattern[i + 1] == '^')
                    written.Append(pattern[++i]);
                if (i + 1 < pattern.Length && pattern[i + 1] == ']')
                {
                    written.Append(@"\]");
                    i++;
                }
                continue;
            }
            if (pattern[i] == ']')
                inClass = false;
            written.Append(pattern[i]);
        }
        return written.ToString();
    }
}
