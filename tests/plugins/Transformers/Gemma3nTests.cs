using LlmKick.Sdk;
using TorchSharp;

namespace LlmKick.Tests.Transformers;

/// <summary>What the tiny checkpoint does not reach.</summary>
public sealed class Gemma3nTests : IDisposable
{
    private const string Table = "model.embed_tokens_per_layer.weight";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Tokens of other towers have no row for each block and get that of token 0.</summary>
    [Fact]
    public void Forward_TokensBeyondTheTableOfBlocks_GetTheRowOfTokenZero()
    {
        const int known = 300;
        var first = new Dictionary<string, string> { ["\"vocab_size_per_layer_input\": 512"] = $"\"vocab_size_per_layer_input\": {known}" };
        var expected = Scores(null, rows => torch.cat([rows.narrow(0, 0, known), rows.narrow(0, 0, 1).expand(512 - known, -1)]));
        Golden.AssertClose(expected, Scores(first, rows => rows.narrow(0, 0, known).clone()), 1e-5);
    }

    /// <summary>As released.</summary>
    [Fact]
    public void Load_InsideAWrapperForImagesAndSound_ScoresAsTheTextModel()
    {
        var golden = Golden.Json("golden/architectures/gemma3n_text/golden.json");
        using var model = ModelUnderTest.LoadFolder(GoldenCopy.Write(folder, "gemma3n_text",
            text => $$"""{ "model_type": "gemma3n", "text_config": {{text}}, "vision_config": {} }""",
            name => name.Replace("model.", "model.language_model.", StringComparison.Ordinal)));
        Golden.AssertClose(golden.GetProperty("token_logprobs")[0].Floats(),
            model.LogProbabilities(golden.GetProperty("ids")[0].Ints()), 2e-3);
    }

    [Theory]
    [InlineData("\"altup_active_idx\": 0", "\"altup_active_idx\": 3", "altup_active_idx")]
    [InlineData("0.95,\n    0.95,", "0.95,", "4 numbers in activation_sparsity_pattern for 5 blocks")]
    [InlineData("0.95,\n    0.95,", "0.95,\n    1.5,", "activation_sparsity_pattern")]
    [InlineData("96,\n    96,\n    96,\n    96,", "96,\n    96,", "3 numbers in intermediate_size for 5 blocks")]
    public void Load_SettingsThatCannotBe_AreRefused(string before, string after, string sentence) => Assert.Contains(sentence,
        Assert.Throws<LlmKickException>(() => ModelUnderTest.LoadFolder(GoldenCopy.Write(folder, "gemma3n_text",
            config => config.Replace(before, after, StringComparison.Ordinal)))).Message, StringComparison.Ordinal);

    private float[] Scores(Dictionary<string, string>? config, Func<torch.Tensor, torch.Tensor> table)
    {
        var ids = Golden.Json("golden/architectures/gemma3n_text/golden.json").GetProperty("ids")[0].Ints();
        Assert.Contains(ids, id => id >= 300);
        using var model = ModelUnderTest.LoadFolder(GoldenCopy.Write(folder, "gemma3n_text",
            text => (config ?? []).Aggregate(text, (all, pair) => all.Replace(pair.Key, pair.Value, StringComparison.Ordinal)),
            change: (name, numbers) => name == Table ? table(numbers) : numbers));
        return model.LogProbabilities(ids);
    }
}
