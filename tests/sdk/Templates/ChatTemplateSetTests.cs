using System.Text.Json;
using LlmKick.Sdk;
using LlmKick.Sdk.Templates;

namespace LlmKick.Tests.Templates;

public sealed class ChatTemplateSetTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("llmkick-templates-");

    [Theory]
    [InlineData(null, false, "d")]
    [InlineData(null, true, "t")]
    [InlineData("rag", true, "r")]
    [InlineData("none of these", false, "none of these")]
    public void Choose_OfSeveral_TakesTheNamedOrTheOneForTools(string? name, bool hasTools, string expected) =>
        Assert.Equal(expected, ChatTemplateSet.Of(new Dictionary<string, string> { ["default"] = "d", ["tool_use"] = "t", ["rag"] = "r" })
            .Choose(name, hasTools));

    [Fact]
    public void Choose_OfOne_TakesItAndAnyNameAsATemplate()
    {
        Assert.Equal("one", ChatTemplateSet.Of("one").Choose(null, hasTools: true));
        Assert.Equal("tool_use", ChatTemplateSet.Of("one").Choose("tool_use", hasTools: true));
    }

    [Fact]
    public void Choose_WithoutADefault_NamesWhatThereIs()
    {
        Assert.Contains("name one of rag", Assert.Throws<LlmKickException>(() =>
            ChatTemplateSet.Of(new Dictionary<string, string> { ["rag"] = "" }).Choose(null, false)).Message, StringComparison.Ordinal);
        Assert.Throws<LlmKickException>(() => ChatTemplateSet.None.Choose(null, false));
    }

    [Theory]
    [InlineData("""{"chat_template": "text"}""", "text")]
    [InlineData("""{"chat_template": [{"name": "default", "template": "listed"}]}""", "listed")]
    [InlineData("""{"chat_template": {"default": "mapped", "x": ""}}""", "mapped")]
    [InlineData("""{"chat_template": null}""", null)]
    [InlineData("{}", null)]
    public void Read_Configuration_HasItsTemplates(string config, string? expected) => Assert.Equal(expected, Read(config).Main);

    [Fact]
    public void Read_Files_StandOverTheConfiguration()
    {
        File.WriteAllBytes(Path.Combine(folder.FullName, "chat_template.jinja"),
            [0xEF, 0xBB, 0xBF, (byte)'f', (byte)'\r', (byte)'\n', (byte)'g', (byte)'\r']);
        Assert.Equal("\ufefff\ng\n", Read("""{"chat_template": "text"}""").Main);
        var more = folder.CreateSubdirectory("additional_chat_templates").FullName;
        File.WriteAllText(Path.Combine(more, "tool_use.jinja"), "tools");
        Assert.Equal(["default", "tool_use"], Read("""{"chat_template": "text"}""").Named.Keys);
        File.WriteAllText(Path.Combine(more, "default.jinja"), "over");
        Assert.Equal("over", Read("{}").Main);
    }

    [Theory]
    [InlineData("""{"chat_template": 7}""")]
    [InlineData("""{"chat_template": [{"name": "default"}]}""")]
    public void Read_WrongConfiguration_IsRefused(string config) =>
        Assert.EndsWith("with name and template.", Assert.Throws<LlmKickException>(() => Read(config)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_FileThatIsNoUtf8_IsRefused()
    {
        File.WriteAllBytes(Path.Combine(folder.FullName, "chat_template.jinja"), [0xFF]);
        Assert.Contains("is not UTF-8", Assert.Throws<LlmKickException>(() => Read("{}")).Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private ChatTemplateSet Read(string config) => ChatTemplateSet.Read(folder.FullName, JsonDocument.Parse(config).RootElement);
}
