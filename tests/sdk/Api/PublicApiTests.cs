using System.Text.RegularExpressions;

namespace LlmKick.Tests.Api;

/// <summary>What is public is listed, and the build fails where the list is not true.</summary>
public sealed partial class PublicApiTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Build_PublicMemberRenamed_FailsForWhatIsGoneAndForWhatIsNew()
    {
        CopySdk();
        Rename(folder.File("sdk", "LlmKick.Sdk", "Compression", "NmPattern.cs"), "ShortName", "BriefName");

        var result = await LlmKickProcess.RunAsync(
            "dotnet", new Dictionary<string, string?>(), "build", folder.File("sdk", "LlmKick.Sdk"), "--disable-build-servers",
            "-p:MinVerSkip=true");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Equal(
            ["RS0016 BriefName", "RS0017 ShortName"],
            Errors().Matches(result.Output).Select(match => $"{match.Groups["id"]} {Member().Match(match.Groups["text"].Value).Value}")
                .Distinct().Order(StringComparer.Ordinal));
    }

    private void CopySdk()
    {
        var root = SharedData.RepositoryRoot;
        var sdk = Path.Combine(root, "sdk", "LlmKick.Sdk");
        var sources = Directory.GetFiles(sdk, "*", SearchOption.AllDirectories)
            .Where(file => !Output().IsMatch(Path.GetRelativePath(sdk, file)));
        foreach (var file in Directory.GetFiles(root, "Directory.*").Concat(Directory.GetFiles(Path.Combine(root, "sdk"))).Concat(sources))
        {
            var target = folder.File(Path.GetRelativePath(root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static void Rename(string file, string from, string to)
    {
        var before = File.ReadAllText(file);
        var after = before.Replace(from, to, StringComparison.Ordinal);
        Assert.NotEqual(before, after);
        File.WriteAllText(file, after);
    }

    [GeneratedRegex(@"error (?<id>[A-Z]+\d+): (?<text>.*)")]
    private static partial Regex Errors();

    [GeneratedRegex("(Brief|Short)Name")]
    private static partial Regex Member();

    [GeneratedRegex(@"^(bin|obj)[\\/]")]
    private static partial Regex Output();
}
