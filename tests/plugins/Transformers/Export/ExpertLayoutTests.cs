using LlmKick.Quantization;
using LlmKick.Sdk;
using LlmKick.Sdk.Checkpoints;

namespace LlmKick.Tests.Transformers.Export;

/// <summary>Experts apart and stacked, whatever the model's own folder has.</summary>
public sealed class ExpertLayoutTests
{
    [Theory]
    [InlineData("mixtral", "mixtral-fused")]
    [InlineData("qwen3_moe", "qwen3_moe-fused")]
    [InlineData("qwen3_5_moe_text", "qwen3_5_moe_text-fused")]
    public void Write_InTheTwinsLayout_HasItsNamesAndBytes(string apart, string stacked)
    {
        var (one, other) = (Golden(apart), Golden(stacked));
        using var own = new ExportDesk(one);
        using var twin = new ExportDesk(other);
        Assert.Empty(StoredTensors.Changed(other, own.Write(Dense(ExpertLayout.Stacked))));
        Assert.Empty(StoredTensors.Changed(one, twin.Write(Dense(ExpertLayout.Experts))));
        Assert.Empty(StoredTensors.Changed(one, own.Write(Dense(ExpertLayout.Experts), "same")));
        Assert.Empty(StoredTensors.Changed(other, twin.Write(Dense(ExpertLayout.Stacked), "same")));
    }

    [Theory]
    [InlineData("granitemoe")]
    [InlineData("llama4_text")]
    [InlineData("gpt_oss")]
    [InlineData("gpt_oss-mxfp4")]
    [InlineData("nemotron_h")]
    public void Write_ExpertsApart_ComputesTheSameWhenItIsReadAgain(string name)
    {
        using var desk = new ExportDesk(Golden(name));
        using var apart = new ExportDesk(desk.Write(Dense(ExpertLayout.Experts)));
        using var stacked = new ExportDesk(apart.Write(Dense(ExpertLayout.Stacked)));
        Assert.Equal(ExportDesk.Scores(desk), ExportDesk.Scores(apart));
        Assert.Equal(ExportDesk.Scores(desk), ExportDesk.Scores(stacked));
    }

    /// <summary>Programs that load experts one by one know Mixtral's router by the name that goes with them.</summary>
    [Fact]
    public void Write_CodesOfStackedMixtral_NamesTheRouterAsFoldersOfExpertsDo()
    {
        using var desk = new ExportDesk(Golden("mixtral-fused"));
        PackedExportTests.Compress(desk, new Rtn(new RtnOptions { Symmetric = true, Per = GridShare.Channel }));
        var names = StoredTensors.Of(desk.Write(ExportDesk.Settings("int-quantized"))).Keys;
        Assert.Contains("model.layers.0.block_sparse_moe.gate.weight", names);
        Assert.DoesNotContain(names, name => name.Contains(".mlp.", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_LayoutThatTheFormatOrModelHasNot_IsRefused()
    {
        using var dense = new ExportDesk(Golden("llama"));
        AssertRefused("the model has no experts", dense, Dense(ExpertLayout.Stacked));
        using var experts = new ExportDesk(Golden("qwen3_moe"));
        AssertRefused("GGUF files always stack experts", experts,
            ExportDesk.Settings("gguf", "F32") with { Layout = ExpertLayout.Experts });
        PackedExportTests.Compress(experts, new Rtn(new RtnOptions { Symmetric = true, Per = GridShare.Channel }));
        AssertRefused("experts cannot be stacked", experts,
            ExportDesk.Settings("int-quantized") with { Layout = ExpertLayout.Stacked });
    }

    private static void AssertRefused(string part, ExportDesk desk, CheckpointSettings settings) =>
        Assert.Contains(part, Assert.Throws<LlmKickException>(() => desk.Write(settings)).Message, StringComparison.Ordinal);

    private static CheckpointSettings Dense(ExpertLayout layout) => ExportDesk.Settings("hf-dense") with { Layout = layout };

    private static string Golden(string name) => SharedData.Require($"golden/architectures/{name}");
}
