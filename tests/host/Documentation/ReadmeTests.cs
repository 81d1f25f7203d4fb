namespace LlmKick.Tests.Documentation;

public sealed class ReadmeTests
{
    private const string Begin = "<!-- components -->";
    private const string End = "<!-- /components -->";

    [Fact]
    public void Readme_Components_AreWhatThePluginsDeclare()
    {
        var readme = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "README.md"));
        var written = readme[(readme.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)..readme.IndexOf(End, StringComparison.Ordinal)];
        var right = string.Join('\n', ComponentTable.Lines());
        Assert.True(written.Trim() == right, $"README.md does not say what the plugins declare. Between {Begin} and {End} put:\n\n{right}\n");
    }
}
