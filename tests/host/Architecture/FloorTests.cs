namespace LlmKick.Tests.Architecture;

public sealed class FloorTests
{
    public static TheoryData<string> Assemblies => [.. Projects().Select(path => Path.GetRelativePath(SharedData.RepositoryRoot, path))];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Folders_OfAnAssembly_StandOnFloors(string folder) =>
        Assert.Equal("",
            string.Join(" → ", Floors.Circle(Sources(Path.Combine(SharedData.RepositoryRoot, folder)).Select(File.ReadAllText))));

    [Fact]
    public void Circle_OfFoldersThatNameEachOther_IsFound()
    {
        string[] files = ["using A.C;\nnamespace A.B;", "using System;\nusing static A.D.T;\nusing X = A.D;\nnamespace A.C;",
            "using A.B;\nnamespace A.D;", "using A.B;\nnamespace A.E;"];
        Assert.Equal(["A.B", "A.C", "A.D", "A.B"], Floors.Circle(files));
        Assert.Empty(Floors.Circle(files[..2]));
    }

    private static IEnumerable<string> Projects() => new[] { "host", "sdk", "plugins" }
        .SelectMany(part => Sources(Path.Combine(SharedData.RepositoryRoot, part), "*.csproj"))
        .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}templates{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .Select(path => Path.GetDirectoryName(path)!);

    private static IEnumerable<string> Sources(string folder, string pattern = "*.cs") =>
        Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories)
        .Where(path => !Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
        .Order(StringComparer.Ordinal);
}
