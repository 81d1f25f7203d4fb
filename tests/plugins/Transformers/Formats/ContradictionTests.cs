using System.Text.Json.Nodes;
using LlmKick.Sdk;
using LlmKick.Transformers.Formats.Sources;
using LlmKick.Transformers.Weights;

namespace LlmKick.Tests.Transformers.Formats;

/// <summary>Configurations that say a thing twice, by an older name, or of blocks that there are not.</summary>
public sealed class ContradictionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("layer_types", """["attention", "full_attention"]""")]
    [InlineData("per_layer_config", "{}")]
    public void Read_OlderOrEmptySettings_AreTaken(string key, string value) =>
        Assert.DoesNotContain(Notes(key, value), note => !note.StartsWith("keys of", StringComparison.Ordinal));

    [Theory]
    [InlineData("layer_types", """["full_attention"]""", "has 1 layer_types for 2 blocks")]
    [InlineData("layer_types", """["full_attention", "full_attention", "full_attention"]""", "has 3 layer_types for 2 blocks")]
    [InlineData("layer_types", "[]", "has 0 layer_types for 2 blocks")]
    [InlineData("layer_types", """["full_attention", "warp_attention"]""", "has blocks of the type 'warp_attention'")]
    [InlineData("per_layer_config", """{"2": {"head_dim": 4}}""", "has settings of block 2 (per_layer_config), and the model has 2 blocks")]
    [InlineData("per_layer_config", """{"1": {"attn_logit_softcapping": 30.0}}""",
        "sets per_layer_config.1.attn_logit_softcapping, which the architecture 'llama' does not know")]
    [InlineData("per_layer_config", """{"1": {"head_dim": 4}}""",
        "'model.layers.1.self_attn.q_proj.weight' of shape [16, 16], its configuration asks for [8, 16]")]
    public void Read_SettingsThatDoNotFit_AreRefusedByName(string key, string value, string sentence)
    {
        var fault = Assert.Throws<LlmKickException>(() => Notes(key, value));
        Assert.Contains(sentence, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("per_layer_config", """{"1": {"num_attention_heads": 2.0, "sparkle": 3}}""",
        "keys of the configuration that are not used: per_layer_config.1.sparkle")]
    public void Read_IdleSettingOfABlock_IsTold(string key, string value, string note) => Assert.Contains(note, Notes(key, value));

    [Theory]
    [InlineData("rope_parameters", """{"rope_theta": 500.0, "rope_type": "default"}""",
        "rope_theta is 10000 beside the rotary parameters and 500 inside them, which counts")]
    [InlineData("rope_parameters", """{"rope_theta": 10000, "rope_type": "default"}""", null)]
    public void Read_TwoBases_SaysWhichCounts(string key, string value, string? note) =>
        Assert.Equal(note, Notes(key, value).SingleOrDefault(sentence => sentence.StartsWith("rope_theta", StringComparison.Ordinal)));

    [Fact]
    public void Read_TwoSpellingsAtOnce_SaysWhichCounts()
    {
        var notes = Notes("rope_parameters", """{"rope_theta": 500.0, "rope_type": "default"}""",
            ("rope_scaling", """{"type": "linear", "factor": 2.0}"""));
        Assert.Contains(notes, note => note.StartsWith("rope_scaling stands beside rope_parameters", StringComparison.Ordinal));
    }

    private IReadOnlyCollection<string> Notes(string key, string value, params IEnumerable<(string Key, string Value)> others)
    {
        var checkpoint = new TinyCheckpoint();
        foreach (var (name, text) in others.Append((key, value)))
            checkpoint.Config[name] = JsonNode.Parse(text);
        using var source = WeightSource.Open(checkpoint.Write(_folder.File("model")));
        var spec = SpecReader.Read(source);
        LayoutCheck.Require(spec, source);
        return spec.Config.Notes;
    }
}
