using LlmKick.Sdk.Templates;

namespace LlmKick.Tests.Templates;

public sealed class GoldenTemplateTests
{
    [Theory]
    [InlineData("renders.json", "templates/")]
    [InlineData("bad.json", "bad/")]
    public void Render_EachConversation_AsTheReference(string file, string folder)
    {
        var golden = new GoldenTemplates();
        var rows = golden.Read(file).GetProperty("templates");
        Assert.All(rows.EnumerateObject(),
            template => Assert.Empty(golden.Differences(golden.Source(folder + template.Name), template.Value)));
        Assert.True(rows.EnumerateObject().Count() >= 44);
    }

    [Fact]
    public void Render_WithAModelsTokens_GivesTheSpansOfItsMask()
    {
        var golden = new GoldenTemplates();
        var masks = golden.Read("masks.json");
        var tokens = GoldenTemplates.Texts(masks.GetProperty("special_tokens"));
        Assert.All(masks.GetProperty("rows").EnumerateArray(), row =>
            Assert.Equal(GoldenTemplates.Expected(row),
                golden.Render(() => Template.Parse(golden.Source("templates/" + row.GetProperty("template").GetString())), row, tokens)));
    }
}
