using LlmKick.Hub;
using LlmKick.Sdk;

namespace LlmKick.Tests.Hub;

public sealed class RemoteAddressTests
{
    private const string Hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Theory]
    [InlineData("org/name", "org/name", "main", "")]
    [InlineData("hub:org/name", "org/name", "main", "")]
    [InlineData("org/name-1.5_b@v1.0", "org/name-1.5_b", "v1.0", "")]
    [InlineData("org/name@refs/pr/3", "org/name", "refs/pr/3", "")]
    [InlineData("org/name:a/b-Q4_K_M.gguf", "org/name", "main", "a/b-Q4_K_M.gguf")]
    [InlineData("org/name@main:b.gguf", "org/name", "main", "b.gguf")]
    [InlineData("hub:gpt2", "gpt2", "main", "")]
    [InlineData("hub:gpt2@v1:b.gguf", "gpt2", "v1", "b.gguf")]
    public void Parse_Model_IsRead(string text, string name, string revision, string path)
    {
        var address = HubDesk.Model(text);
        Assert.Equal((HubKind.Model, name, revision, path),
            (address.Repository.Kind, address.Repository.Name, address.Revision, address.Path));
    }

    [Theory]
    [InlineData("hub:org/name", "main", "", null)]
    [InlineData("hub:org/name/", "main", "", null)]
    [InlineData("hub:org/name/a/b.parquet", "main", "a/b.parquet", null)]
    [InlineData("hub:org/name@abc/a/*.parquet", "abc", "a/*.parquet", null)]
    [InlineData("hub:org/name@refs/convert/parquet/a", "refs/convert/parquet", "a", null)]
    [InlineData("hub:org/name/a.zip!x/y.csv", "main", "a.zip", "x/y.csv")]
    public void Parse_Data_IsRead(string text, string revision, string path, string? inner)
    {
        var address = (HubAddress)HubDesk.Data(text);
        Assert.Equal((HubKind.Dataset, "org/name", revision, path, inner),
            (address.Repository.Kind, address.Repository.Name, address.Revision, address.Path, address.Inner));
    }

    [Theory]
    [InlineData("hub:")]
    [InlineData("hub:org/name/../x")]
    [InlineData("hub:org/name/a//b")]
    [InlineData("hub:../name/a")]
    [InlineData("hub:org/name/a.zip!../x")]
    [InlineData("hub:org/name@../x/a")]
    [InlineData("https://host/x")]
    [InlineData("https://host/x#sha256=abc")]
    [InlineData("https://me:secret@host/x#sha256=" + Hash)]
    [InlineData("https://host/x.tar!../a#sha256=" + Hash)]
    public void Parse_WhatIsNone_IsRefused(string text) => Assert.Throws<LlmKickException>(() => HubDesk.Data(text));

    [Theory]
    [InlineData("org/../name")]
    [InlineData("hub:a/b/c")]
    [InlineData("org/name@../../x")]
    [InlineData("org/name:../b.gguf")]
    [InlineData("org/name:/b.gguf")]
    [InlineData("org/name:b.bin")]
    public void Parse_WhatIsNoModel_IsRefused(string text) => Assert.Throws<LlmKickException>(() => HubDesk.Model(text));

    [Theory]
    [InlineData("hub:squad", "squad", "main", "")]
    [InlineData("hub:squad@main/plain_text/a.parquet", "squad", "main", "plain_text/a.parquet")]
    [InlineData("hub:org/name@v1/a.parquet", "org/name", "v1", "a.parquet")]
    public void Parse_DataWithoutAnOwner_IsRead(string text, string name, string revision, string path)
    {
        var address = (HubAddress)HubDesk.Data(text);
        Assert.Equal((name, revision, path), (address.Repository.Name, address.Revision, address.Path));
    }

    [Theory]
    [InlineData("made/tiny@", "names no revision behind '@': write org/name, org/name@revision, or org/name:file.gguf.")]
    [InlineData("a/b/c", "has 3 parts, not an owner and a name: write ")]
    [InlineData("org/name@:x.gguf", "names no revision behind '@'")]
    [InlineData("org/name@../x", "names a revision that there cannot be, '../x'")]
    [InlineData("org/name:", "names no file behind ':'")]
    [InlineData("org/name:x.bin", "has 'x.bin' behind ':', which is no GGUF file")]
    [InlineData("org/", "lacks a part of org/name")]
    [InlineData("org/na me", "has 'na me' where an owner or a model is named")]
    public void NameFault_NameThatIsNone_SaysWhatIsWrongWithIt(string text, string fault)
    {
        Assert.StartsWith($"is no file or folder here, and as a model of the hub it {fault}", RemoteAddress.NameFault(text, "."),
            StringComparison.Ordinal);
        Assert.StartsWith($"is no model of the hub: it {fault}",
            Assert.Throws<LlmKickException>(() => HubDesk.Model(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NameFault_OneWord_SaysWhatToWrite() => Assert.Equal(
        "is no file or folder here: for the hub's model of that name write hub:gpt2, or org/gpt2 with its owner.",
        RemoteAddress.NameFault("gpt2", "."));

    [Theory]
    [InlineData("./a/b/c")]
    [InlineData("../a")]
    [InlineData("~/a")]
    [InlineData("/a/b")]
    [InlineData("C:\\a")]
    [InlineData("model.gguf")]
    [InlineData("a/b/model.safetensors")]
    [InlineData("llmkick:quickstart/model")]
    public void NameFault_Path_IsNone(string text) => Assert.Null(RemoteAddress.NameFault(text, "."));

    [Fact]
    public void Parse_Web_IsRead()
    {
        var address = (WebAddress)HubDesk.Data($"https://host/a/b%20c.tar!data/x#sha256={Hash.ToUpperInvariant()}");
        Assert.Equal(("https://host/a/b%20c.tar", "b c.tar", Hash, "data/x"),
            (address.Uri.AbsoluteUri, address.FileName, address.Sha256, address.Inner));
    }
}
