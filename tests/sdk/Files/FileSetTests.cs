using LlmKick.Sdk.Files;

namespace LlmKick.Tests.Files;

public sealed class FileSetTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("llmkick-files-").FullName;

    public FileSetTests()
    {
        foreach (var name in new[] { "b-10.txt", "b-2.txt", "B-3.txt", "a.csv", ".hidden", "in/b-4.txt" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
            File.WriteAllText(Path.Combine(folder, name), "");
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("", new[] { "B-3.txt", "a.csv", "b-10.txt", "b-2.txt" })]
    [InlineData("b-2.txt", new[] { "b-2.txt" })]
    [InlineData("b-*.txt", new[] { "b-10.txt", "b-2.txt" })]
    [InlineData("b-?.txt", new[] { "b-2.txt" })]
    [InlineData("c-*", new string[0])]
    [InlineData("c.txt", new string[0])]
    [InlineData("none/*", new string[0])]
    public void Of_FileFolderOrPattern_AreItsFilesInOrder(string path, string[] names)
    {
        var whole = Path.Combine(folder, path);
        Assert.Equal(names, FileSet.Of(whole).Select(file => Path.GetFileName(file)));
        Assert.Equal(names.Length > 0, FileSet.Exists(whole));
    }
}
