namespace LlmKick.Tests.Documentation;

public sealed class ReadmeTests
{
    [Fact]
    public void Readme_Components_AreWhatThePluginsDeclare() => AssertSays("components", ComponentTable.Lines());

    [Fact]
    public void Readme_Formats_AreWhatThePluginsWrite() => AssertSays("formats", FormatTable.Lines());

    private static void AssertSays(string part, IEnumerable<string> lines)
    {
        var (begin, end) = ($"<!-- {part} -->", $"<!-- /{part} -->");
        var readme = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "README.md"));
        var written =
            readme[(readme.IndexOf(begin, StringComparison.Ordinal) + begin.Length)..readme.IndexOf(end, StringComparison.Ordinal)];
        var right = string.Join('\n', lines);
        Assert.True(written.Trim() == right,
            $"README.md does not say what the plugins declare. Between {begin} and {end} put:\n\n{right}\n");
    }
}
