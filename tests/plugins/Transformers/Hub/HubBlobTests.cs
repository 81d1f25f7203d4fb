using System.Security.Cryptography;
using LlmKick.Sdk;
using LlmKick.Transformers;
using LlmKick.Transformers.Formats.Weights;
using LlmKick.Transformers.Hub;

namespace LlmKick.Tests.Transformers.Hub;

public sealed class HubBlobTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("llmkick-hub-");

    private string Model => Path.Combine(folder.FullName, "models--made--tiny");

    [Fact]
    public void Find_SnapshotOfACache_IsCalledByTheModelsName()
    {
        var snapshot = Directory.CreateDirectory(Path.Combine(Model, "snapshots", "abc")).FullName;
        Assert.Equal("made/tiny", ModelLocation.Find(snapshot, null).Name);
    }

    [Fact]
    public void OfFile_BlobWithAnotherContent_IsRefused()
    {
        var name = Convert.ToHexStringLower(SHA256.HashData("right"u8));
        var path = Link("model.safetensors", name, "wrong");
        Assert.Contains("'llmkick model verify --repair' fetches it again.",
            Assert.Throws<LlmKickException>(() => FileDigest.OfFile(path)).Message, StringComparison.Ordinal);
        Assert.Throws<LlmKickException>(() => HubBlob.Check(path));
    }

    [Fact]
    public void OfFile_BlobWithItsContent_IsItsName()
    {
        var name = Convert.ToHexStringLower(SHA256.HashData("right"u8));
        var path = Link("model.safetensors", name, "right");
        Assert.Equal(name, FileDigest.OfFile(path));
        HubBlob.Check(path);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string Link(string file, string blob, string? content)
    {
        foreach (var name in new[] { "blobs", "refs", "snapshots/abc" })
            Directory.CreateDirectory(Path.Combine(Model, name));
        File.WriteAllText(Path.Combine(Model, "refs", "main"), "abc");
        if (content is not null)
            File.WriteAllText(Path.Combine(Model, "blobs", blob), content);
        var path = Path.Combine(Model, "snapshots", "abc", file);
        File.CreateSymbolicLink(path, Path.Combine("..", "..", "blobs", blob));
        return path;
    }
}
