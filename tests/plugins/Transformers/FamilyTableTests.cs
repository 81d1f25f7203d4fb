using System.Text.RegularExpressions;
using LlmKick.Transformers.Families;

namespace LlmKick.Tests.Transformers;

/// <summary>README lists the families that load.</summary>
public sealed class FamilyTableTests
{
    [Fact]
    public void Readme_Families_AreThoseOfTheList()
    {
        var readme = File.ReadAllText(Path.Combine(Root(), "README.md"));
        var table = readme[readme.IndexOf("<!-- families -->", StringComparison.Ordinal)..readme.IndexOf("<!-- /families -->",
            StringComparison.Ordinal)];
        var rows = Regex.Matches(table, @"^\| `([^`]+)` \| (?:`([^`]+)`|–) \|", RegexOptions.Multiline)
            .Select(row => (row.Groups[1].Value, row.Groups[2].Value));

        Assert.Equal(
            FamilyList.Rows.Select(row => (row.Name, row.GgufName ?? "")).OrderBy(row => row.Name, StringComparer.Ordinal),
            rows.OrderBy(row => row.Item1, StringComparer.Ordinal));
    }

    [Fact]
    public void MissingParts_AreOfNoFamilyThatLoads() =>
        Assert.DoesNotContain(MissingParts.Names, name => FamilyList.TryFind(name) is not null);

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); ; folder = folder.Parent
            ?? throw new DirectoryNotFoundException("No LlmKick.sln above the tests."))
            if (File.Exists(Path.Combine(folder.FullName, "LlmKick.sln")))
                return folder.FullName;
    }
}
