using LlmKick.Recipes.Yaml;

namespace LlmKick.Tests.Recipes;

public sealed class NearestTests
{
    [Theory]
    [InlineData("sparcity", "sparsity")]
    [InlineData("wnada", "wanda")]
    [InlineData("Wanda", "wanda")]
    [InlineData("sparsegtp", "sparsegpt")]
    [InlineData("quantize", null)]
    [InlineData("", null)]
    public void Find_Word_GivesTheNearestNameIfAnyIsNear(string word, string? name) =>
        Assert.Equal(name, Nearest.Find(word, ["sparsity", "wanda", "sparsegpt"]));
}
