using System.Text.RegularExpressions;

namespace LlmKick.Tests.Documentation;

public sealed partial class GlossaryTests
{
    private static readonly string Glossary = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "sdk", "GLOSSARY.md"));

    [Fact]
    public void Glossary_Types_AreThoseOfTheSources()
    {
        var named = TypeName().Matches(Glossary).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        Assert.NotEmpty(named);
        Assert.Equal([], named.Except(Sources().SelectMany(file => Declaration().Matches(File.ReadAllText(file))
            .Select(match => match.Groups[1].Value))));
    }

    [Fact]
    public void Glossary_Words_StandOnce()
    {
        var words = Word().Matches(Glossary).Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(words);
        Assert.Equal(words.Distinct(StringComparer.OrdinalIgnoreCase), words);
    }

    private static IEnumerable<string> Sources() => new[] { "host", "sdk", "plugins" }
        .Select(part => Path.Combine(SharedData.RepositoryRoot, part))
        .SelectMany(part => Directory.EnumerateFiles(part, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(part, file).Split(Path.DirectorySeparatorChar).Any(name => name is "bin" or "obj")));

    [GeneratedRegex("`([A-Z][A-Za-z0-9]*)`")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"^(?:public|internal)[ \w]*? (?:class|record(?: struct)?|struct|interface|enum) (?!struct)(\w+)",
        RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^- \*\*(.+?)\*\*", RegexOptions.Multiline)]
    private static partial Regex Word();
}
