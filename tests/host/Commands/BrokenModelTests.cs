namespace LlmKick.Tests.Commands;

/// <summary>Models that cannot be used, as a user meets them.</summary>
public sealed class BrokenModelTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("score")]
    [InlineData("tokenize")]
    [InlineData("generate", "--prompt", "x")]
    public void Run_CutGguf_IsOneSentence(string verb, params string[] options) =>
        AssertSentence(Tool.Run([verb, folder.Write("broken.gguf", "GGUF\u0003\0\0\0\u0001"), .. options]),
            "broken.gguf' is not a valid GGUF file: it ends inside the number of tensors; it may be cut short.");

    [Theory]
    [InlineData("gone.gguf", "does not exist; give a GGUF file or a folder with config.json and safetensors.")]
    [InlineData("",
        "has neither 'model.safetensors' nor 'model.safetensors.index.json', nor 'pytorch_model.bin'; give a folder with weights.")]
    [InlineData("empty.gguf", "empty.gguf' is empty.")]
    [InlineData("text.gguf", "text.gguf' is not a valid GGUF file: it does not begin with 'GGUF'.")]
    public void Run_NoModel_IsOneSentence(string name, string sentence)
    {
        folder.Write("empty.gguf", "");
        folder.Write("text.gguf", "This is no model.");
        AssertSentence(Tool.Run("tokenize", folder.File(name)), sentence);
    }

    [Fact]
    public void Run_FolderWithoutConfig_IsOneSentence()
    {
        folder.Write("model.safetensors", "\u0002\0\0\0\0\0\0\0{}");
        AssertSentence(Tool.Run("score", folder.Path), "config.json' cannot be read:");
    }

    [Theory]
    [InlineData("score")]
    [InlineData("tokenize")]
    [InlineData("inspect")]
    public void Run_NameThatIsNotHereOffline_IsOneSentence(string verb) =>
        AssertSentence(Tool.Run(verb, "made/ok@4fcd1a2"),
            "'made/ok@4fcd1a2' is not on this machine, and HF_HUB_OFFLINE forbids to fetch: unset that, and \"llmkick model fetch "
                + "made/ok@4fcd1a2\" fetches it; or name what is here.");

    [Theory]
    [InlineData("score")]
    [InlineData("generate", "--prompt", "x")]
    public void Run_PathInAFolderThatIsNotThere_IsOneSentence(string verb, params string[] options) =>
        AssertSentence(Tool.Run([verb, folder.File("no", "such", "model"), .. options]),
            "model' does not exist; give a GGUF file or a folder with config.json and safetensors.");

    private static void AssertSentence(ToolResult result, string sentence)
    {
        Assert.Equal((1, ""), (result.ExitCode, result.Out));
        Assert.Contains(sentence, Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }
}
