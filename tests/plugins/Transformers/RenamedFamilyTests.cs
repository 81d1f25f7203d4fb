using LlmKick.Sdk;
using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Formats.Sources;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Weights;
using static TorchSharp.torch;

namespace LlmKick.Tests.Transformers;

/// <summary>Families that are made of parts of others: a checkpoint of another one whose tensors are named, ordered or repeated as theirs
/// gives its numbers.</summary>
public sealed class RenamedFamilyTests : IDisposable
{
    private const double Tolerance = 2e-3;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("llama3-rope", """{"model_type": "iquestcoder"}""", "")]
    [InlineData("llama-dynamic", """
        {"model_type": "internlm3", "qkv_bias": false, "bias": false, "attention_bias": null, "mlp_bias": null}
        """, "")]
    [InlineData("helium", """{"model_type": "ernie4_5", "attention_bias": null, "mlp_bias": null, "use_bias": false}""", "")]
    [InlineData("granite", """{"model_type": "hyperclovax", "use_post_norm": false, "logits_scaling": 0.5}""", "")]
    [InlineData("dots1", """
        {"model_type": "hy_v3", "num_experts": 8, "n_routed_experts": null, "num_shared_experts": 2, "n_shared_experts": null,
         "router_scaling_factor": 2.5, "routed_scaling_factor": null, "first_k_dense_replace": null}
        """, "mlp.gate.e_score_correction_bias=mlp.expert_bias;mlp.gate.weight=mlp.router.gate.weight;shared_experts=shared_mlp")]
    [InlineData("deepseek_v3-plain", """
        {"model_type": "sarvam_mla", "num_experts": 8, "n_routed_experts": null, "num_shared_experts": 2, "n_shared_experts": null,
         "head_dim": 48}
        """, "")]
    [InlineData("kimi_linear", """
        {"layer_types": null, "mlp_layer_types": null, "linear_head_dim": null, "linear_num_heads": null, "linear_conv_kernel_dim": null,
         "first_k_dense_replace": 1, "linear_attn_config": {"kda_layers": [1, 2, 3], "full_attn_layers": [4], "head_dim": 16,
         "num_heads": 4, "short_conv_kernel_size": 4}}
        """, "block_sparse_moe.gate_proj=mlp.gate_proj;block_sparse_moe.up_proj=mlp.up_proj;block_sparse_moe.down_proj=mlp.down_proj")]
    [InlineData("cohere2_moe", """
        {"layer_types": null, "mlp_layer_types": null, "first_k_dense_replace": 1, "shared_expert_combination_strategy": null,
         "norm_topk_prob": null, "prefix_dense_sliding_window_pattern": null}
        """, "")]
    [InlineData("bailing_hybrid", """
        {"num_expert_group": null, "n_group": 2, "moe_renormalize": null, "norm_topk_prob": true, "num_experts_per_token": null,
         "num_experts_per_tok": 2, "num_shared_experts": null, "n_shared_experts": 1, "model_max_length": null,
         "max_position_embeddings": 256}
        """, "layers.0.attention.dense=layers.0.attention.o_proj")]
    public void Forward_UnderOtherNames_LogProbabilitiesAsTransformers(string golden, string config, string names) =>
        AssertSame(golden, config, tensors => tensors.Rename(names));

    /// <summary>Queries, keys and values in one matrix.</summary>
    [Fact]
    public void Forward_SarvamMoe_AsGlm4Moe() => AssertSame("glm4_moe", """
        {"model_type": "sarvam_moe", "num_experts": 8, "n_routed_experts": null, "num_shared_experts": 1, "n_shared_experts": null,
         "attention_bias": null, "use_qkv_bias": true, "use_qk_norm": null}
        """, tensors =>
        {
            foreach (var kind in new[] { "weight", "bias" })
                for (var block = 0; block < 3; block++)
                {
                    var module = $"model.layers.{block}.self_attn";
                    tensors[$"{module}.query_key_value.{kind}"] = cat(
                        [.. new[] { "q", "k", "v" }.Select(name => tensors[$"{module}.{name}_proj.{kind}"])]);
                    foreach (var name in new[] { "q", "k", "v" })
                        tensors.Remove($"{module}.{name}_proj.{kind}");
                }
            tensors.Rename("embed_tokens=word_embeddings;self_attn.o_proj=attention.dense;self_attn.q_norm=attention.query_layernorm;"
                + "self_attn.k_norm=attention.key_layernorm;self_attn=attention;e_score_correction_bias=expert_bias");
        });

    /// <summary>Rows that are turned with their neighbours, ordered by halves; blocks without a window have no rotation.</summary>
    [Fact]
    public void Forward_CohereCompass_AsCohere2() => AssertSame("cohere2", """
        {"model_type": "cohere_compass_text", "rope_parameters": {"full_attention": null,
         "sliding_attention": {"rope_type": "default", "rope_theta": 50000.0}}}
        """, tensors =>
        {
            foreach (var name in tensors.Keys.Where(name => name.Contains("q_proj", StringComparison.Ordinal)
                || name.Contains("k_proj", StringComparison.Ordinal)).ToList())
                tensors[name] = tensors[name].view(-1, 8, 2, 64).transpose(1, 2).reshape(-1, 64);
        });

    /// <summary>A sum of the same experts is one of them.</summary>
    [Fact]
    public void Forward_FlexOlmo_AsOlmo2() => AssertSame("olmo2", """
        {"model_type": "flex_olmo", "num_experts": 2, "num_experts_per_tok": 2, "norm_topk_prob": false}
        """, tensors => tensors.Multiply(2));

    [Fact]
    public void Forward_SolarOpen_AsLlama() => AssertSame("llama3-rope", """
        {"model_type": "solar_open", "n_routed_experts": 4, "num_experts_per_tok": 2, "norm_topk_prob": true, "n_shared_experts": 0,
         "moe_intermediate_size": 160, "routed_scaling_factor": 1.0, "first_k_dense_replace": 1, "mlp_bias": null}
        """, tensors =>
        {
            tensors.Multiply(4);
            foreach (var name in tensors.Keys.Where(name => name.EndsWith("mlp.gate.weight", StringComparison.Ordinal)).ToList())
                tensors[name.Replace("weight", "e_score_correction_bias", StringComparison.Ordinal)] = rand(4);
        });

    /// <summary>Norms after both parts, before what is added is scaled.</summary>
    [Fact]
    public void Read_HyperClovaX_HasNormsAfterBothParts()
    {
        RenamedCheckpoint.Write("granite", """{"model_type": "hyperclovax", "attention_multiplier": null}""", _ => { }, folder.Path);
        using var source = WeightSource.Open(folder.Path);
        var spec = SpecReader.Read(source);
        Assert.Equal(2, spec.Ends.LogitScale);
        Assert.Null(Assert.IsType<FullAttention>(spec.Block(0).Mixer).Scale);
        Assert.Equal((FlowKind.Around, 0.3), (spec.Block(0).Flow.Kind, spec.Block(0).Flow.Residual));
        Assert.Equal(["input_layernorm", "post_norm1", "post_attention_layernorm", "post_norm2"],
            spec.Block(0).Flow.Norms.Select(norm => norm.Name));
    }

    [Theory]
    [InlineData("llama3-rope", """{"model_type": "internlm3", "qkv_bias": true}""",
        "(qkv_bias) or in the other linears (bias), and not both")]
    [InlineData("llama3-rope", """{"model_type": "iquestcoder", "use_sliding_window": true}""",
        "(use_sliding_window), which no model of the")]
    [InlineData("llama3-rope", """{"model_type": "iquestcoder", "clip_qkv": 8.0}""", "sets clip_qkv")]
    [InlineData("llama3-rope", """{"model_type": "laguna", "num_attention_heads_per_layer": [3, 4, 4]}""", "gives block 0 3 heads")]
    [InlineData("llama3-rope", """{"model_type": "laguna", "num_attention_heads_per_layer": [4]}""",
        "has 1 num_attention_heads_per_layer for 3 blocks")]
    [InlineData("llama3-rope", """{"model_type": "llama4_text", "layer_types": ["a", "a", "a"]}""",
        "supported: chunked_attention, full_attention")]
    [InlineData("bailing_hybrid", """{"kda_lower_bound": 5.0}""", "'kda_lower_bound': 5.0, which is not a number below 0")]
    [InlineData("laguna", """{"moe_apply_router_weight_on_input": true}""", "sets moe_apply_router_weight_on_input")]
    [InlineData("laguna", """{"gating": "per-token"}""", "'gating': \"per-token\", which is not true or false")]
    public void Read_WhatTheReferenceRefuses_IsRefused(string golden, string config, string sentence)
    {
        RenamedCheckpoint.Write(golden, config, _ => { }, folder.Path);
        using var source = WeightSource.Open(folder.Path);
        Assert.Contains(sentence, Assert.Throws<LlmKickException>(() => SpecReader.Read(source)).Message, StringComparison.Ordinal);
    }

    /// <summary>A gate of zeros halves what a doubled output makes whole again.</summary>
    [Fact]
    public void Forward_Afmoe_AsKolibriWithoutCorrection()
    {
        const string afmoe = """
            {"model_type": "afmoe", "num_dense_layers": 0, "route_scale": 1.0, "mup_enabled": false, "num_shared_experts": 3,
             "shared_expert_intermediate_size": null}
            """;
        var ids = Golden.Json("golden/architectures/kolibri1/golden.json").GetProperty("ids")[0].Ints();
        RenamedCheckpoint.Write("kolibri1", """{"norm_topk_prob": true}""", Uncorrected, folder.Path);
        float[] expected;
        using (var model = ModelUnderTest.LoadFolder(folder.Path))
            expected = model.LogProbabilities(ids);
        RenamedCheckpoint.Write("kolibri1", afmoe, tensors =>
        {
            Uncorrected(tensors);
            foreach (var name in tensors.Keys.Where(name => name.EndsWith("o_proj.weight", StringComparison.Ordinal)).ToList())
            {
                tensors[name] = tensors[name].mul(Number.Of(2));
                tensors[name.Replace("o_proj", "gate_proj", StringComparison.Ordinal)] = zeros_like(tensors[name].t().contiguous());
            }
            tensors.Rename("post_attention_layernorm=pre_mlp_layernorm;post_attn_norm=post_attention_layernorm;post_ffn_norm="
                + "post_mlp_layernorm;moe.router.expert_bias=mlp.expert_bias;mlp.gate.weight=mlp.router.gate.weight");
        }, folder.Path);
        using (var model = ModelUnderTest.LoadFolder(folder.Path))
            Golden.AssertClose(expected, model.LogProbabilities(ids), 1e-4);

        static void Uncorrected(Dictionary<string, Tensor> tensors)
        {
            foreach (var name in tensors.Keys.Where(name => name.EndsWith("expert_bias", StringComparison.Ordinal)).ToList())
                tensors[name] = zeros_like(tensors[name]);
        }
    }

    private void AssertSame(string golden, string config, Action<Dictionary<string, Tensor>> change)
    {
        RenamedCheckpoint.Write(golden, config, change, folder.Path);
        var results = Golden.Json($"golden/architectures/{golden}/golden.json");
        using var model = ModelUnderTest.LoadFolder(folder.Path);
        foreach (var (ids, expected) in results.GetProperty("ids").EnumerateArray()
            .Zip(results.GetProperty("token_logprobs").EnumerateArray()))
            Golden.AssertClose(expected.Floats(), model.LogProbabilities(ids.Ints()), Tolerance);
    }
}
