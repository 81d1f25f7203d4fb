using System.Text.Json.Nodes;
using LlmKick.Sdk;
using LlmKick.Sdk.Checkpoints;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tensors;
using LlmKick.Tests.Transformers.Export;
using LlmKick.Transformers;
using LlmKick.Transformers.Formats.Sources;
using LlmKick.Transformers.Formats.Weights;
using static TorchSharp.torch;

namespace LlmKick.Tests.Transformers.Adapters;

/// <summary>LoRA folders, merged as they are read.</summary>
public sealed class AdapterTests
{
    public static TheoryData<string> Cases => [.. AdapterCase.All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Load_WithAdapter_ScoresAsTheModelThatWasMergedByHand(string name)
    {
        using var desk = new AdapterDesk(AdapterCase.All[name]);
        var (plain, merged) = (Scores(new() { Path = desk.Base }), Scores(new() { Path = desk.Merged() }));
        var adapted = Scores(new() { Path = desk.Base, Adapter = desk.Adapter() });
        Assert.True(Distance(plain, merged) > 1e-2, "The adapter changes next to nothing.");
        Assert.True(Distance(merged, adapted) <= 1e-4, $"Log-probabilities differ by {Distance(merged, adapted)}.");
    }

    [Fact]
    public void Write_AdaptedModel_IsTheMergedModel()
    {
        using var desk = new AdapterDesk(AdapterCase.All["a matrix of its own"]);
        var options = new TransformersOptions { Path = desk.Base, Adapter = desk.Adapter() };
        using var folder = new TemporaryFolder();
        var (exact, rounded) = (folder.File("exact"), folder.File("rounded"));
        Assert.DoesNotContain(Write(options, exact, "float32").Notes, note => note.Contains("adapter", StringComparison.Ordinal));
        Assert.Contains(Write(options, rounded, "own").Notes,
            note => note.StartsWith("the adapter was merged with more digits than bfloat16", StringComparison.Ordinal));
        Assert.True(Distance(Scores(options), Scores(new() { Path = exact })) <= 1e-5);
        Assert.Equal("BF16", StoredTensors.Of(rounded)["model.layers.0.mlp.gate_proj.weight"].Dtype);
    }

    [Fact]
    public void Identify_WithAdapter_ItsFilesAreInTheHash()
    {
        using var desk = new AdapterDesk(AdapterCase.All["rank-stabilized"]);
        var one = desk.Adapter("one");
        desk.Settings["lora_alpha"] = 9;
        string?[] adapters = [null, one, desk.Adapter("two")];
        var found = Array.ConvertAll(adapters,
            adapter => new TransformersLoader(new() { Path = desk.Base, Adapter = adapter }).Identify(CancellationToken.None));
        Assert.Equal(3, found.Select(identity => identity.ContentHash).Distinct().Count());
        Assert.Equal(["llama", "llama+one", "llama+two"], found.Select(identity => identity.Name));
        Assert.Contains(Path.Combine(one, "adapter_model.safetensors"), found[1].Files);
    }

    [Theory]
    [InlineData("use_dora", "true", "has use_dora: True")]
    [InlineData("bias", "\"all\"", "has bias: all")]
    [InlineData("init_lora_weights", "\"pissa\"", "has init_lora_weights: pissa")]
    [InlineData("peft_type", "\"IA3\"", "has peft_type: IA3")]
    [InlineData("r", "3", "by matrices of rank 4 and 4, and adapter_config.json says 3")]
    [InlineData("r", "null", "has no 'r', which is needed")]
    [InlineData("lora_alpha", "-1", "which is not a positive number")]
    [InlineData("rank_pattern", "{\"(\": 2}", "which is not behind a valid pattern")]
    [InlineData("rank_pattern", "{\"(?x)a#\": 2}", "which is not behind a valid pattern")]
    [InlineData("alpha_pattern", "{\"^(.|o)+(.|o)+\\\\1\": 2}", "which is not behind a valid pattern")]
    [InlineData("rank_pattern", "{\"up_proj\": 0.5}", "which is not a whole number")]
    [InlineData("fan_in_fan_out", "true", "by a matrix of shape [64, 160], and the base has it of shape [160, 64]")]
    public void Load_SettingsThatCannotBeMerged_AreRefusedByName(string key, string value, string sentence)
    {
        using var desk = new AdapterDesk(AdapterCase.All["rank-stabilized"]);
        desk.Settings[key] = JsonNode.Parse(value);
        AssertRefused(desk.Base, desk.Adapter(), sentence);
    }

    [Theory]
    [InlineData("base_model.model.model.layers.2.mlp.up_proj.lora_magnitude_vector", "which cannot be merged here")]
    [InlineData("base_model.model.model.layers.7.mlp.up_proj.lora_A.weight", "changes 'model.layers.7.mlp.up_proj.weight', which")]
    [InlineData("base_model.model.model.layers.1.mlp.up_proj.lora_A.weight", "has one of the two matrices")]
    public void Load_TensorsThatFitNothing_AreRefusedByName(string name, string sentence)
    {
        using var desk = new AdapterDesk(AdapterCase.All["rank-stabilized"]);
        desk.Tensors[name] = ones(4, 64);
        AssertRefused(desk.Base, desk.Adapter(), sentence);
    }

    [Fact]
    public void Load_TensorsThatAreNotThereOrNoNumbers_BlameTheAdapter()
    {
        using var desk = new AdapterDesk(AdapterCase.All["rank-stabilized"]);
        desk.Tensors.Values.First().view(-1)[0].fill_(Number.Of(float.NaN));
        AssertRefused(desk.Base, desk.Adapter("damaged"), "by numbers that are NaN or infinite: the adapter is damaged");
        desk.Tensors.Clear();
        AssertRefused(desk.Base, desk.Adapter("empty"), "has no tensors, so the adapter changes nothing");
    }

    [Fact]
    public void Identify_AdapterThatDoesNotFit_IsRefusedBeforeAnythingIsLoaded()
    {
        using var desk = new AdapterDesk(AdapterCase.All["rank-stabilized"]);
        desk.Settings["r"] = 3;
        var fault = Assert.Throws<LlmKickException>(
            () => new TransformersLoader(new() { Path = desk.Base, Adapter = desk.Adapter() }).Identify(CancellationToken.None));
        Assert.Contains("by matrices of rank 4 and 4, and adapter_config.json says 3", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Identify_AdapterOfBytes_IsRefused()
    {
        using var desk = new AdapterDesk(AdapterCase.All["rank-stabilized"]);
        foreach (var name in desk.Tensors.Keys.ToList())
            desk.Tensors[name] = desk.Tensors[name].to_type(ScalarType.Byte);
        AssertRefused(desk.Base, desk.Adapter(), "as U8, which is not read as numbers of an adapter: save it as one of F32");
    }

    [Fact]
    public void Open_SettingsThatNothingReads_AreTold()
    {
        using var desk = new AdapterDesk(AdapterCase.All["rank-stabilized"]);
        using (var plain = WeightSource.Open(desk.Base, desk.Adapter()))
            Assert.Null(plain.Remark);
        desk.Settings["lora_warp"] = 2;
        using var source = WeightSource.Open(desk.Base, desk.Adapter("warped"));
        Assert.EndsWith("adapter_config.json' has settings that nothing here reads: lora_warp.", source.Remark!, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_BaseThatIsPacked_IsRefused()
    {
        using var desk = new AdapterDesk(AdapterCase.All["rank-stabilized"]);
        AssertRefused(SharedData.Require("golden/quantized/gptq-4bit-g32"), desk.Adapter(), "as a tensor of floats");
        AssertRefused(SharedData.Require("golden/quantized/gguf-f16/model.gguf"), desk.Adapter(),
            "an adapter can be merged into a folder alone");
    }

    [Fact]
    public void Open_TheAdapterAlone_SaysWhatItIs()
    {
        using var desk = new AdapterDesk(AdapterCase.All["rank-stabilized"]);
        var fault = Assert.Throws<LlmKickException>(() => WeightSource.Open(desk.Adapter()));
        Assert.Contains("is an adapter, not a model", fault.Message, StringComparison.Ordinal);
        AssertRefused(desk.Base, desk.Base, "has no 'adapter_config.json'");
    }

    private static void AssertRefused(string path, string adapter, string sentence)
    {
        var fault = Assert.Throws<LlmKickException>(() => Scores(new() { Path = path, Adapter = adapter }));
        Assert.Contains(sentence, fault.Message, StringComparison.Ordinal);
    }

    private static CheckpointResult Write(TransformersOptions options, string path, string type) => With(options, model =>
    {
        using var shown = new TransformersLoader(options).Checkpoints.Of(model);
        var settings = ExportDesk.Settings("hf-dense", type);
        return ExportDesk.Writer(settings).Write(shown, settings, path, null, CancellationToken.None);
    });

    private static float[] Scores(TransformersOptions options) =>
        With(options, model => ((RollingResponse)model.Answer(new RollingRequest([.. Enumerable.Range(3, 40)]))[0])
            .LogProbabilities.ToArray());

    private static T With<T>(TransformersOptions options, Func<ILanguageModel, T> use)
    {
        var model = new TransformersLoader(options).Load(TestContexts.Load(), CancellationToken.None);
        try
        {
            return use(model);
        }
        finally
        {
            model.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private static float Distance(float[] one, float[] other) => one.Zip(other, (a, b) => Math.Abs(a - b)).Max();
}
