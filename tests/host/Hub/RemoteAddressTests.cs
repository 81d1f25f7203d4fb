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
    [InlineData("hub:name")]
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
    [InlineData("hub:name")]
    [InlineData("org/name@../../x")]
    [InlineData("org/name:../b.gguf")]
    [InlineData("org/name:/b.gguf")]
    [InlineData("org/name:b.bin")]
    public void Parse_WhatIsNoModel_IsRefused(string text) => Assert.Throws<LlmKickException>(() => HubDesk.Model(text));

    [Fact]
    public void Parse_Web_IsRead()
    {
        var address = (WebAddress)HubDesk.Data($"https://host/a/b%20c.tar!data/x#sha256={Hash.ToUpperInvariant()}");
        Assert.Equal(("https://host/a/b%20c.tar", "b c.tar", Hash, "data/x"),
            (address.Uri.AbsoluteUri, address.FileName, address.Sha256, address.Inner));
    }
}
