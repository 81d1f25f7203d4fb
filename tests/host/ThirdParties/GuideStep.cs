using System.Text.RegularExpressions;

namespace LlmKick.Tests.ThirdParties;

/// <summary>A fenced block of a guide: a file, named in the text before it, or commands with what they print.</summary>
/// <param name="File">The file's name; null for commands.</param>
/// <param name="Lines">The block's lines.</param>
internal sealed partial record GuideStep(string? File, IReadOnlyList<string> Lines)
{
    /// <summary>Each command with the lines that its output must hold.</summary>
    public IEnumerable<(string Command, IReadOnlyList<string> Promised)> Commands()
    {
        for (var i = 0; i < Lines.Count; i++)
            if (Lines[i].StartsWith("$ ", StringComparison.Ordinal))
                yield return (Lines[i][2..],
                    [.. Lines.Skip(i + 1).TakeWhile(line => !line.StartsWith("$ ", StringComparison.Ordinal)).Select(line => line.Trim())]);
    }

    /// <summary>Reads a guide.</summary>
    public static IEnumerable<GuideStep> Read(string markdown)
    {
        foreach (Match block in Block().Matches(markdown))
        {
            var isConsole = block.Groups["language"].Value == "console";
            var file = isConsole ? null : FileName().Matches(markdown[..block.Index])[^1].Groups["name"].Value;
            yield return new GuideStep(file, block.Groups["content"].Value.Split('\n'));
        }
    }

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<content>.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"`(?<name>[\w.]+\.(csproj|cs|yaml|md))`")]
    private static partial Regex FileName();
}
