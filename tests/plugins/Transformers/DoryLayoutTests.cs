using LlmKick.Sdk;

namespace LlmKick.Tests.Transformers;

/// <summary>Dory's checkpoints as transformers saves them, and settings of its loop that contradict themselves.</summary>
public sealed class DoryLayoutTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Load_AsTransformersSavesIt_ScoresAsTheReleasedLayout()
    {
        var golden = Golden.Json("golden/architectures/dory/golden.json");
        using var model = ModelUnderTest.LoadFolder(GoldenCopy.Write(folder, "dory", rename: Saved));
        Golden.AssertClose(golden.GetProperty("token_logprobs")[0].Floats(),
            model.LogProbabilities(golden.GetProperty("ids")[0].Ints()), 2e-3);
    }

    [Theory]
    [InlineData("\"n_input_layers\": 2", "\"n_input_layers\": 3", "3 input, 4 recurrent and 2 output blocks")]
    [InlineData("\"per_loop\"", "\"last_loop\"", "recurrent_kv_cache_mode")]
    [InlineData("\"n_recurrent_loops\": 2", "\"n_recurrent_loops\": 4000000", "n_recurrent_loops")]
    public void Load_LoopThatCannotBe_IsRefused(string before, string after, string sentence) => Assert.Contains(sentence,
        Assert.Throws<LlmKickException>(() => ModelUnderTest.LoadFolder(GoldenCopy.Write(folder, "dory",
            config => config.Replace(before, after, StringComparison.Ordinal)))).Message, StringComparison.Ordinal);

    private static string Saved(string name)
    {
        for (var block = 0; block < 8; block++)
            if (name.StartsWith($"backbone.layers.{block}.", StringComparison.Ordinal))
                return name.Replace($"layers.{block}.mixer", $"layers.{block / 2}.{(block % 2 == 0 ? "self_attn" : "mlp")}",
                        StringComparison.Ordinal)
                    .Replace($"layers.{block}.attn_alpha", $"layers.{block / 2}.lambda_1", StringComparison.Ordinal)
                    .Replace($"layers.{block}.mlp_alpha", $"layers.{block / 2}.lambda_2", StringComparison.Ordinal);
        return name;
    }
}
