using LlmKick.Sdk.Options;

namespace LlmKick.Tests.Options;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("wnda", "wanda")]
    [InlineData("sparse_gpt", "sparsegpt")]
    [InlineData("magnitud", "magnitude")]
    [InlineData("wnada", "wanda")]
    [InlineData("Wanda", "wanda")]
    [InlineData("sparsegtp", "sparsegpt")]
    public void Find_Misspelt_Nearest(string given, string meant) =>
        Assert.Equal(meant, NearestName.Find(given, ["magnitude", "wanda", "sparsegpt"]));

    [Fact]
    public void Find_NothingNear_None()
    {
        Assert.Null(NearestName.Find("perplexity", ["wanda", "random"]));
        Assert.Null(NearestName.Find("wanda", []));
        Assert.Null(NearestName.Find("", ["wanda"]));
        Assert.Null(NearestName.Find("quantize", ["sparsity", "wanda", "sparsegpt"]));
    }

    [Theory]
    [InlineData("wnda", "; did you mean 'wanda'?")]
    [InlineData("other", ".")]
    public void Question_Word_EndsTheSentence(string given, string end) =>
        Assert.Equal(end, NearestName.Question(given, ["wanda", "magnitude"]));
}
