using LlmKick.Sdk;
using LlmKick.Tests.Transformers;
using LlmKick.Tests.Transformers.Export;
using LlmKick.Transformers.Formats.Gguf;
using static LlmKick.Tests.Oracles.LlamaCppCheck;
using static TorchSharp.torch;

namespace LlmKick.Tests.Oracles;

/// <summary>Recurrent mixers in GGUF files, beyond the golden folders.</summary>
public sealed class LlamaCppRecurrentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>llama.cpp knows Nemotron-H with experts in all feed-forward parts or in none.</summary>
    [Theory]
    [InlineData("nemotron_h_moe", """["linear_attention", "moe", "linear_attention", "full_attention"]""", 4, "")]
    [InlineData("nemotron_h", """["linear_attention", "linear_attention", "full_attention", "mlp"]""", 1,
        """, "moe_intermediate_size": null, "n_routed_experts": null""")]
    public void Write_NemotronHOfOneKind_ComputesTheSame(string architecture, string kinds, int without, string experts)
    {
        RenamedCheckpoint.Write("nemotron_h", $$"""{"layers_block_type": {{kinds}}, "time_step_min": null{{experts}}}""", tensors =>
        {
            foreach (var name in tensors.Keys.Where(name => Block(name) == without).ToList())
                tensors.Remove(name);
            foreach (var name in tensors.Keys.Where(name => Block(name) > without).OrderBy(Block).ToList())
                if (tensors.Remove(name, out var tensor))
                    tensors[name.Replace($"layers.{Block(name)}.", $"layers.{Block(name) - 1}.", StringComparison.Ordinal)] = tensor;
        }, _folder.File("."));
        AssertSame("nemotron_h", architecture);
    }

    [Fact]
    public void Write_NemotronHOfBothKinds_IsRefused()
    {
        using var desk = new ExportDesk(SharedData.Require("golden/architectures/nemotron_h"));
        Assert.Contains("llama.cpp wants experts in every feed-forward part of the architecture 'nemotron_h_moe' or in none, and this "
            + "model has both", Assert.Throws<LlmKickException>(() => desk.Write(ExportDesk.Settings("gguf", "F32"), "no.gguf")).Message,
            StringComparison.Ordinal);
    }

    /// <summary>Granite 4 without recurrent blocks and experts is Granite.</summary>
    [Fact]
    public void Write_GraniteFourOfAttentionAlone_IsGranite()
    {
        RenamedCheckpoint.Write("granite", """
            {"model_type": "granitemoehybrid", "architectures": ["GraniteMoeHybridForCausalLM"], "num_local_experts": 0,
             "shared_intermediate_size": 160, "position_embedding_type": "rope", "mlp_bias": null}
            """, tensors =>
        {
            foreach (var gate in tensors.Keys.Where(name => name.EndsWith("mlp.gate_proj.weight", StringComparison.Ordinal)).ToList())
            {
                var both = cat([tensors[gate], tensors[gate.Replace("gate_proj", "up_proj", StringComparison.Ordinal)]], 0);
                tensors.Remove(gate.Replace("gate_proj", "up_proj", StringComparison.Ordinal));
                tensors.Remove(gate);
                tensors[gate.Replace("mlp.gate_proj", "shared_mlp.input_linear", StringComparison.Ordinal)] = both;
            }
            foreach (var bias in tensors.Keys.Where(name => name.Contains("mlp.", StringComparison.Ordinal)
                && name.EndsWith(".bias", StringComparison.Ordinal)).ToList())
                tensors.Remove(bias);
            tensors.Rename("mlp.down_proj=shared_mlp.output_linear");
        }, _folder.File("."));
        AssertSame("granite", "granite");
    }

    [Fact]
    public void Write_HunyuanThree_ComputesTheSame()
    {
        RenamedCheckpoint.Write("dots1", """
            {"model_type": "hy_v3", "num_experts": 8, "n_routed_experts": null, "num_shared_experts": 2, "n_shared_experts": null,
             "router_scaling_factor": 2.5, "routed_scaling_factor": null, "first_k_dense_replace": null}
            """, tensors => tensors.Rename("mlp.gate.e_score_correction_bias=mlp.expert_bias;mlp.gate.weight=mlp.router.gate.weight;"
                + "shared_experts=shared_mlp"), _folder.File("."));
        AssertSame("dots1", "hy_v3");
    }

    /// <summary>Llama with neighbours rotated, for which Helium's numbers serve.</summary>
    [Fact]
    public void Write_ErnieDense_ComputesTheSame()
    {
        RenamedCheckpoint.Write("helium", """
            {"model_type": "ernie4_5", "attention_bias": null, "mlp_bias": null, "use_bias": false}
            """, _ => { }, _folder.File("."));
        AssertSame("helium", "ernie4_5");
    }

    [Theory]
    [InlineData("mamba2", """{"time_step_limit": [0.001, 0.5]}""",
        "llama.cpp does not keep the steps of Mamba 2 within limits, this model keeps them within 0.001 and 0.5")]
    [InlineData("lfm2_moe", """{"routed_scaling_factor": 2.0}""",
        "llama.cpp does not multiply the weights of a token's experts in the architecture 'lfm2moe', this model does by 2")]
    public void Write_WhatLlamaCppComputesOtherwise_IsSaid(string golden, string config, string sentence)
    {
        RenamedCheckpoint.Write(golden, config, _ => { }, _folder.File("."));
        using var desk = new ExportDesk(_folder.File("."));
        using var read = new ExportDesk(desk.Write(ExportDesk.Settings("gguf", "F32"), "model.gguf", out var result));
        Assert.Contains(result.Notes, note => note.StartsWith(sentence, StringComparison.Ordinal));
        using var again = new ExportDesk(read.Write(ExportDesk.Settings("hf-dense", "own")));
        Golden.AssertClose(Scores(desk, Ids(golden)), Scores(read, Ids(golden)), 1e-5);
        Golden.AssertClose(Scores(desk, Ids(golden)), Scores(again, Ids(golden)), 1e-5);
    }

    [Theory]
    [InlineData("falcon_h1", """{"mamba_rms_norm": true}""", "mamba.norm.weight", 128,
        "llama.cpp norms Mamba 2's outputs behind the gate, and this model before it")]
    [InlineData("granitemoehybrid", """{"mamba_proj_bias": true}""", "mamba.in_proj.bias", 296,
        "llama.cpp knows no biases of Mamba 2's matrices, and this model has some")]
    [InlineData("lfm2", """{"conv_bias": true}""", "conv.conv.bias", 64,
        "llama.cpp knows no biases of short convolutions, and this model has some (conv_bias)")]
    public void Write_WhatLlamaCppDoesNotCompute_IsRefused(string golden, string config, string tensor, int width, string sentence)
    {
        RenamedCheckpoint.Write(golden, config, tensors =>
        {
            void Add(string name, long count) => tensors[name] = zeros([count], ScalarType.BFloat16);
            var module = tensor[..tensor.IndexOf('.', StringComparison.Ordinal)];
            for (var block = 0; block < 4; block++)
                if (tensors.Keys.Any(name => name.StartsWith($"model.layers.{block}.{module}.", StringComparison.Ordinal)))
                {
                    Add($"model.layers.{block}.{tensor}", width);
                    if (golden == "granitemoehybrid")
                        Add($"model.layers.{block}.mamba.out_proj.bias", 64);
                    if (golden != "lfm2")
                        continue;
                    Add($"model.layers.{block}.conv.in_proj.bias", 192);
                    Add($"model.layers.{block}.conv.out_proj.bias", 64);
                }
        }, _folder.File("."));
        using var desk = new ExportDesk(_folder.File("."));
        Assert.Contains(sentence, Assert.Throws<LlmKickException>(() => desk.Write(ExportDesk.Settings("gguf", "F32"), "no.gguf")).Message,
            StringComparison.Ordinal);
    }

    /// <summary>llama.cpp and we read the same blocks of eight bits, in whatever order and parts rows lie; convolutions and decays stay
    /// float32. It rounds what goes into a product to eight bits too, which is less than rounding the weights does.</summary>
    [Theory]
    [InlineData("qwen3_next", "blk.0.ssm_conv1d.weight", "blk.0.ssm_a")]
    [InlineData("qwen3_5_text", "blk.0.ssm_conv1d.weight", "blk.0.ssm_a")]
    [InlineData("granitemoehybrid", "blk.0.ssm_conv1d.weight", "blk.0.ssm_a")]
    [InlineData("falcon_h1", "blk.0.ssm_conv1d.weight", "blk.0.ssm_d")]
    [InlineData("lfm2", "blk.0.shortconv.conv.weight", "blk.0.attn_norm.weight")]
    [InlineData("deepseek_v3", "blk.0.attn_kv_a_norm.weight", "blk.1.exp_probs_b.bias")]
    public void Write_InEightBits_IsComputedAlikeAndKeepsSmallTensors(string golden, string first, string second)
    {
        using var desk = new ExportDesk(SharedData.Require($"golden/architectures/{golden}"));
        var path = desk.Write(ExportDesk.Settings("gguf", "Q8_0"), "model.gguf");
        using (var file = GgufFile.Open(path))
        {
            Assert.Equal(["F32", "F32"], [file.Tensor(first).Type.Name, file.Tensor(second).Type.Name]);
            Assert.Contains(file.Tensors.Values, tensor => tensor.Type.Name == "Q8_0");
        }
        using var read = new ExportDesk(path);
        var (own, other) = (Scores(read, Ids(golden)), LlamaCppScores.Of(path, Ids(golden)).SelectMany(row => row).ToArray());
        Assert.InRange(Difference(own, other), 0, Difference(own, Scores(desk, Ids(golden))));
    }

    private static float Difference(float[] own, float[] other) => own.Zip(other, (ours, theirs) => Math.Abs(ours - theirs)).Average();

    private void AssertSame(string golden, string architecture) =>
        LlamaCppCheck.AssertSame(_folder.File("."), golden, architecture);

    private static int Block(string name) => name.Split('.') is [_, "layers", var number, ..]
        ? int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) : -1;
}
