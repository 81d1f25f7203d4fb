using LlmKick.Sdk;
using LlmKick.Sdk.Tensors;
using LlmKick.Tests.Transformers;
using LlmKick.Tests.Transformers.Export;
using LlmKick.Transformers.Export.Gguf;
using LlmKick.Transformers.Formats.Gguf;
using LlmKick.Transformers.Formats.Sources;
using LlmKick.Transformers.Formats.Weights;
using static TorchSharp.torch;

namespace LlmKick.Tests.Oracles;

/// <summary>Families with experts in GGUF files, beyond the golden folders.</summary>
public sealed class LlamaCppExpertsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>With the positions that llama.cpp has in its code, and with blocks all of which have experts.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(1)]
    public void Write_Llama4AsReleased_ComputesTheSame(int every)
    {
        RenamedCheckpoint.Write("llama4_text", $$"""
            {"attention_chunk_size": 8192, "floor_scale": 8192, "interleave_moe_layer_step": {{every}},
             "moe_layers": {{(every == 1 ? "[0, 1, 2, 3]" : "[1, 3]")}} }
            """, tensors =>
        {
            if (every > 1)
                return;
            foreach (var name in tensors.Keys.Where(name => name.Contains("feed_forward.", StringComparison.Ordinal)
                && (name.Contains("layers.0.", StringComparison.Ordinal) || name.Contains("layers.2.", StringComparison.Ordinal))).ToList())
                tensors.Remove(name);
            foreach (var name in tensors.Keys.Where(name => name.Contains("feed_forward.", StringComparison.Ordinal)).ToList())
                tensors[name.Replace("layers.1.", "layers.0.", StringComparison.Ordinal)
                    .Replace("layers.3.", "layers.2.", StringComparison.Ordinal)] = tensors[name].flip(0);
        }, _folder.File("."));
        LlamaCppCheck.AssertSame(_folder.File("."), "llama4_text", "llama4");
    }

    /// <summary>Kolibri's numbers serve, with a gate.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Write_Afmoe_ComputesTheSame(int dense)
    {
        RenamedCheckpoint.Write("kolibri1", $$"""
            {"model_type": "afmoe", "num_dense_layers": {{dense}}, "route_scale": 2.5, "mup_enabled": true, "num_shared_experts": 3,
             "shared_expert_intermediate_size": null, "sliding_window": 24, "intermediate_size": 24,
             "layer_types": ["sliding_attention", "sliding_attention", "sliding_attention", "full_attention"]}
            """, tensors =>
        {
            foreach (var name in tensors.Keys.Where(name => name.EndsWith("o_proj.weight", StringComparison.Ordinal)).ToList())
                tensors[name.Replace("o_proj", "gate_proj", StringComparison.Ordinal)] = tensors[name].t().contiguous().mul(Number.Of(3));
            tensors.Rename("post_attention_layernorm=pre_mlp_layernorm;post_attn_norm=post_attention_layernorm;post_ffn_norm="
                + "post_mlp_layernorm;moe.router.expert_bias=mlp.expert_bias;mlp.gate.weight=mlp.router.gate.weight");
            if (dense == 0)
                return;
            var block = tensors.Keys.Where(name => name.Contains("layers.0.mlp.", StringComparison.Ordinal)).ToList();
            foreach (var name in block)
                if (tensors.Remove(name, out var tensor) && name.Contains("shared_experts.", StringComparison.Ordinal))
                    tensors[name.Replace("shared_experts.", "", StringComparison.Ordinal)] = tensor;
        }, _folder.File("."));
        LlamaCppCheck.AssertSame(_folder.File("."), "kolibri1", "afmoe");
    }

    /// <summary>One base of the rotation, experts in every block.</summary>
    [Fact]
    public void Write_MellumAsReleased_ComputesTheSame()
    {
        RenamedCheckpoint.Write("mellum", """
            {"mlp_layer_types": ["sparse", "sparse", "sparse", "sparse"], "rope_parameters": {
             "full_attention": {"factor": 4.0, "original_max_position_embeddings": 32, "rope_theta": 500000.0, "rope_type": "yarn"},
             "sliding_attention": {"rope_theta": 500000.0, "rope_type": "default"}}}
            """, tensors => MadeSparse(tensors), _folder.File("."));
        LlamaCppCheck.AssertSame(_folder.File("."), "mellum", "mellum");
    }

    /// <summary>Routers without a cap, a gate a head or one of every number.</summary>
    [Theory]
    [InlineData("true")]
    [InlineData("\"per-element\"")]
    public void Write_LagunaWithoutCap_ComputesTheSame(string gating)
    {
        RenamedCheckpoint.Write("laguna", $$"""{"moe_router_logit_softcapping": 0.0, "gating": {{gating}} }""", tensors =>
        {
            if (gating == "true")
                return;
            foreach (var name in tensors.Keys.Where(name => name.EndsWith("g_proj.weight", StringComparison.Ordinal)).ToList())
                tensors[name] = tensors[name.Replace("g_proj", "q_proj", StringComparison.Ordinal)].flip(0);
        }, _folder.File("."));
        LlamaCppCheck.AssertSame(_folder.File("."), "laguna", "laguna");
    }

    /// <summary>RMS norms in place of LayerNorms, experts weighed by a softmax, and those alone, whose sum is not halved.</summary>
    [Theory]
    [InlineData("""{"rms_norm_eps": 1e-5}""")]
    [InlineData("""{"expert_selection_fn": null, "norm_topk_prob": null}""")]
    [InlineData("""{"norm_topk_prob": false, "num_shared_experts": 0}""")]
    public void Write_CohereOtherwise_ComputesTheSame(string config)
    {
        RenamedCheckpoint.Write("cohere2_moe", config, tensors =>
        {
            foreach (var name in tensors.Keys.Where(name => config.Contains("shared", StringComparison.Ordinal)
                && name.Contains("shared", StringComparison.Ordinal)).ToList())
                tensors.Remove(name);
        }, _folder.File("."));
        LlamaCppCheck.AssertSame(_folder.File("."), "cohere2_moe", "cohere2moe");
        using var desk = new ExportDesk(_folder.File("."));
        using var golden = new ExportDesk(SharedData.Require("golden/architectures/cohere2_moe"));
        var ids = LlamaCppCheck.Ids("cohere2_moe");
        Assert.True(LlamaCppCheck.Scores(desk, ids).Zip(LlamaCppCheck.Scores(golden, ids), (own, other) => Math.Abs(own - other))
            .Max() > 0.1);
    }

    [Theory]
    [InlineData("mellum", """{"rope_parameters": {"rope_type": "default", "rope_theta": 10000.0}}""",
        "llama.cpp wants experts in every block of the architecture 'mellum', and this model has dense ones among them")]
    [InlineData("laguna", "{\"moe_router_logit_softcapping\": 0.0, \"layer_types\": [\"full_attention\", \"sliding_attention\", "
        + "\"full_attention\", \"full_attention\"]}",
        "llama.cpp wants windows in all blocks of the architecture 'laguna' but the first of every so many, this model's are others")]
    [InlineData("llama4_text", """{"attention_chunk_size": 8192, "floor_scale": 8192, "use_qk_norm": false}""",
        "llama.cpp norms the queries and keys of Llama 4 unless it has 128 experts, this model, which has 4, does otherwise")]
    [InlineData("llama4_text", """{"attention_chunk_size": 8192, "floor_scale": 8192, "no_rope_layers": [1, 1, 0, 1]}""",
        "llama.cpp rotates all but every fourth block of Llama 4 and sees chunks of tokens there alone, this model does otherwise "
        + "in block 2")]
    [InlineData("cohere2_moe", """{"shared_expert_combination_strategy": "sum"}""",
        "llama.cpp takes the mean of experts and shared expert in the architecture 'cohere2moe', this model their sum")]
    [InlineData("cohere2_moe", """{"prefix_dense_sliding_window_pattern": 2}""",
        "llama.cpp rotates dense blocks in the architecture 'cohere2moe', and this model does not (prefix_dense_sliding_window_pattern)")]
    [InlineData("kimi_linear", """{"tie_word_embeddings": true}""",
        "llama.cpp wants a head beside the embedding in the architecture 'kimi-linear', and this model's is the embedding")]
    public void Write_WhatLlamaCppDoesNotCompute_IsRefused(string golden, string config, string sentence)
    {
        RenamedCheckpoint.Write(golden, config, tensors =>
        {
            if (config.Contains("tie_", StringComparison.Ordinal))
                tensors.Remove("lm_head.weight");
        }, _folder.File("."));
        using var desk = new ExportDesk(_folder.File("."));
        Assert.Contains(sentence, Assert.Throws<LlmKickException>(() => desk.Write(ExportDesk.Settings("gguf", "F32"), "no.gguf")).Message,
            StringComparison.Ordinal);
    }

    /// <summary>Converters list windows block by block, and llama.cpp leaves out sizes of 1 where it writes a file again.</summary>
    [Theory]
    [InlineData("cohere2_moe")]
    [InlineData("kimi_linear")]
    public void Load_AsOthersWriteIt_ComputesTheSame(string golden)
    {
        var ids = LlamaCppCheck.Ids(golden);
        using var desk = new ExportDesk(SharedData.Require($"golden/architectures/{golden}"));
        var path = _folder.File("other.gguf");
        using (var weights = (GgufWeights)WeightSource.Open(desk.Write(ExportDesk.Settings("gguf", "F32"), "model.gguf")))
        {
            var pairs = weights.File.Pairs.Select(pair => pair.Key.EndsWith("sliding_window_pattern", StringComparison.Ordinal)
                ? GgufPair.Of(pair.Key, new[] { false, true, false, true }) : pair);
            var plans = weights.File.Tensors.Values.Select(tensor => new GgufPlan(tensor.Name,
                [.. tensor.Name.Contains("ssm_", StringComparison.Ordinal) ? tensor.Shape.SkipWhile(size => size == 1) : tensor.Shape],
                tensor.Type, () => weights.Read(tensor.Name, ScalarType.Float32)));
            using var stream = File.Create(path);
            new GgufWriter([.. pairs], [.. plans]).Write(stream, () => { });
        }
        using var read = new ExportDesk(path);
        Golden.AssertClose(LlamaCppCheck.Scores(desk, ids), LlamaCppCheck.Scores(read, ids), 1e-5);
        Golden.AssertClose(LlamaCppCheck.Scores(desk, ids), [.. LlamaCppScores.Of(path, ids).SelectMany(row => row)], 2e-3);
    }

    /// <summary>The experts of block 1 in place of what block 0 has.</summary>
    private static void MadeSparse(Dictionary<string, Tensor> tensors)
    {
        foreach (var name in tensors.Keys.Where(name => name.Contains("layers.0.mlp.", StringComparison.Ordinal)).ToList())
            tensors.Remove(name);
        foreach (var name in tensors.Keys.Where(name => name.Contains("layers.1.mlp.", StringComparison.Ordinal)).ToList())
            tensors[name.Replace("layers.1.", "layers.0.", StringComparison.Ordinal)] = tensors[name].flip(0);
    }
}
