using System.Security.Cryptography;
using LlmKick.Sdk;
using LlmKick.Transformers.Formats.Weights;
using LlmKick.Transformers.Hub;

namespace LlmKick.Tests.Transformers.Hub;

public sealed class HubCacheTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("llmkick-hub-");

    private string Model => Path.Combine(folder.FullName, "models--made--tiny");

    [Theory]
    [InlineData("HF_HUB_CACHE=/a;HF_HOME=/b", "/a")]
    [InlineData("HUGGINGFACE_HUB_CACHE=/old;HF_HOME=/b", "/old")]
    [InlineData("HF_HOME=~/x;HOME=/home/me", "/home/me/x/hub")]
    [InlineData("HF_HUB_CACHE=$DISK/hub;DISK=/big", "/big/hub")]
    [InlineData("HF_HUB_CACHE=${DISK}/hub;DISK=/big", "/big/hub")]
    [InlineData("HF_HUB_CACHE=/a/$NONE", "/a/$NONE")]
    [InlineData("HOME=/home/me", "/home/me/.cache/huggingface/hub")]
    public void DefaultRoot_Variables_AreReadAsHuggingFaceReadsThem(string variables, string root)
    {
        var set = variables.Split(';').Select(one => one.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        Assert.Equal(root, HubCache.DefaultRoot(set.GetValueOrDefault).Replace('\\', '/'));
    }

    [Fact]
    public void Find_OnlyAnotherRevision_NamesItsFolder()
    {
        var snapshot = Directory.CreateDirectory(Path.Combine(Model, "snapshots", "abc")).FullName;
        var message = Assert.Throws<LlmKickException>(() => new HubCache(folder.FullName).Find("made/tiny")).Message;
        Assert.Contains($"not its revision 'main': download that with 'hf download made/tiny', or give the folder of another: "
            + $"'{snapshot}'.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_InterruptedDownload_IsToldAsThat()
    {
        Link("model.safetensors", "incomplete", content: null);
        var message = Assert.Throws<LlmKickException>(() => new HubCache(folder.FullName).Find("made/tiny")).Message;
        Assert.Contains("the download of 'made/tiny' was interrupted. Download it again with 'hf download made/tiny'.", message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void OfFile_BlobWithAnotherContent_IsRefused()
    {
        var name = Convert.ToHexStringLower(SHA256.HashData("right"u8));
        var path = Link("model.safetensors", name, "wrong");
        Assert.Contains("Delete that file and download it again.", Assert.Throws<LlmKickException>(() => FileDigest.OfFile(path)).Message,
            StringComparison.Ordinal);
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
