using System.Text.Json.Nodes;
using LlmKick.Sdk.Models;

namespace LlmKick.Tests.Transformers.Formats;

/// <summary>One model whose configuration is spelled in the ways of transformers 4 and 5.</summary>
public sealed class ConfigSpellingTests : IDisposable
{
    private static readonly int[] Text = [.. Enumerable.Range(0, 60).Select(i => (i * 37 + 11) % 250)];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("""{"rope_theta": 500.0}""", """{"rope_theta": null, "rope_parameters": {"rope_theta": 500.0, "rope_type": "default"}}""")]
    [InlineData("""{"rope_theta": 500.0}""", """{"rope_theta": 777.0, "rope_parameters": {"rope_theta": 500, "rope_type": "default"}}""")]
    [InlineData("""{"rope_theta": 500.0}""",
        """{"rope_theta": 500, "torch_dtype": "bfloat16", "layer_types": ["full_attention", "attention"]}""")]
    [InlineData("""{"rope_theta": 10000.0, "rope_scaling": {"type": "linear", "factor": 4.0}}""",
        """{"rope_theta": null, "rope_parameters": {"rope_theta": 500.0, "rope_type": "default"}, "rope_scaling": {"rope_type": "linear", "factor": 4}}""")]
    [InlineData("""{"rope_theta": 500.0, "rope_scaling": {"type": "yarn", "factor": 4.0, "original_max_position_embeddings": 16}}""",
        """{"rope_theta": null, "rope_parameters": {"rope_theta": 500.0, "rope_type": "yarn", "factor": 4, "beta_fast": 32, "beta_slow": 1, "original_max_position_embeddings": 16}}""")]
    [InlineData("""{"rope_theta": 500.0}""",
        """{"rope_theta": null, "rope_parameters": {"full_attention": {"rope_theta": 500.0, "rope_type": "default"}}}""")]
    [InlineData("""{}""", """{"time_step_limit": [0.0, "INFINITY"], "some_new_key": {"__float__": "Infinity"}}""")]
    public void Load_TwoSpellings_AreOneModel(string one, string other) => Assert.Equal(Scores(one, "one"), Scores(other, "other"));

    [Theory]
    [InlineData("""{"rope_theta": 500.0}""", """{"rope_theta": 10000.0}""")]
    [InlineData("""{"rope_theta": 500.0}""", """{"rope_theta": 500.0, "rope_scaling": {"type": "linear", "factor": 4.0}}""")]
    public void Load_TwoModels_AreNot(string one, string other) => Assert.NotEqual(Scores(one, "one"), Scores(other, "other"));

    [Fact]
    public void Load_UnknownKeys_AreTold()
    {
        Write("""{"some_new_key": 3, "other_key": 2}""", "model");
        var model = LoadedModel.Load(folder.File("model"));
        var note = Assert.Single(model.Description.Notes!, note => note.StartsWith("keys", StringComparison.Ordinal));
        Assert.Contains("some_new_key", note, StringComparison.Ordinal);
        Assert.Contains("other_key", note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", "a text ends with '")]
    [InlineData("99999", "a text ends with 99999, which is no id of the tokenizer and never comes")]
    [InlineData("null", "no token ends a text, so that answers go on to their limit")]
    public void Load_AnyModel_SaysWhatEndsATextOfIt(string ends, string note)
    {
        Write($$"""{"eos_token_id": {{ends}}}""", "model");
        Assert.Contains(LoadedModel.Load(folder.File("model")).Description.Notes!, said => said.StartsWith(note, StringComparison.Ordinal));
    }

    private IReadOnlyList<float> Scores(string changes, string name)
    {
        Write(changes, name);
        return Assert.IsType<RollingResponse>(LoadedModel.Load(folder.File(name)).Answer(new RollingRequest(Text))[0]).LogProbabilities;
    }

    private void Write(string changes, string name)
    {
        var checkpoint = new TinyCheckpoint();
        foreach (var (key, value) in JsonNode.Parse(changes)!.AsObject().ToList())
            checkpoint.Config[key] = value?.DeepClone();
        checkpoint.Write(folder.File(name));
        var config = folder.File($"{name}/config.json");
        File.WriteAllText(config, File.ReadAllText(config).Replace("\"INFINITY\"", "Infinity", StringComparison.Ordinal));
    }
}
