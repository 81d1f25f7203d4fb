using System.Text.Json.Nodes;
using LlmKick.Transformers.Formats.Sources;
using LlmKick.Transformers.Weights;
using static TorchSharp.torch;

namespace LlmKick.Tests.Transformers.Formats;

/// <summary>Models with experts, recurrent mixers, latent attention and loops whose configuration and tensors do not belong together:
/// refused before any weight is read.</summary>
public sealed class WrongMixtureTests : IDisposable
{
    private const string Experts = "model.layers.1.mlp.experts";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("qwen3_moe", """{"num_local_experts": 9}""",
        "'model.layers.0.mlp.gate.weight' of shape [8, 64], its configuration asks for [9, 64]")]
    [InlineData("qwen3_moe", """{"num_local_experts": 0}""", "'num_local_experts': 0, which is not a whole number of 1 …")]
    [InlineData("qwen3_moe", """{"num_local_experts": 1000000}""", "'num_local_experts': 1000000, which is not a whole number of 1 …")]
    [InlineData("qwen3_moe", """{"num_experts_per_tok": 0}""", "'num_experts_per_tok': 0, which is not a whole number of 1 …")]
    [InlineData("qwen3_moe", """{"num_experts_per_tok": -1}""", "'num_experts_per_tok': -1, which is not a whole number of 1 …")]
    [InlineData("qwen3_moe", """{"num_experts_per_tok": 9}""", "gives each token 9 experts (num_experts_per_tok) of 8 (num_local_experts)")]
    [InlineData("qwen3_moe", """{"moe_intermediate_size": 48}""", "'model.layers.0.mlp.experts.0.gate_proj.weight' of shape [32, 64], its")]
    [InlineData("deepseek_v3", """{"n_group": 3}""", "has 8 experts in 3 groups (n_group), which do not divide them")]
    [InlineData("deepseek_v3", """{"n_group": 16, "topk_group": 8}""", "has 8 experts in 16 groups (n_group), which do not divide them")]
    [InlineData("deepseek_v3", """{"n_group": 0}""", "'n_group': 0, which is not a whole number")]
    [InlineData("deepseek_v3", """{"topk_group": 5}""", "in 5 groups (topk_group) of 4 (n_group)")]
    [InlineData("deepseek_v3", """{"topk_group": 1, "num_experts_per_tok": 4}""",
        "chooses 4 experts of a token in 1 groups (topk_group) of 4")]
    [InlineData("deepseek_v3", """{"n_shared_experts": 16777216, "moe_intermediate_size": 16777216}""",
        "(n_shared_experts, moe_intermediate_size)")]
    [InlineData("deepseek_v2", """{"topk_method": "group_limited_greedy", "n_group": 3}""", "has 8 experts in 3 groups (n_group)")]
    [InlineData("deepseek_v2", """{"topk_method": "noaux"}""", "chooses experts by 'noaux' (topk_method)")]
    [InlineData("kimi_linear", """{"num_expert_group": 3}""", "has 8 experts in 3 groups (num_expert_group)")]
    [InlineData("nemotron_h", """{"n_group": 3}""", "has 8 experts in 3 groups (n_group)")]
    public void Read_WrongExperts_NamesWhatIsWrong(string name, string settings, string sentence) =>
        AssertRefused(name, settings, sentence);

    [Theory]
    [InlineData("deepseek_v3", """{"kv_lora_rank": 0}""", "'kv_lora_rank': 0, which is not a whole number of 1 …")]
    [InlineData("deepseek_v3", """{"kv_lora_rank": 31}""",
        "kv_a_proj_with_mqa.weight' of shape [48, 64], its configuration asks for [47, 64]")]
    [InlineData("deepseek_v3", """{"qk_rope_head_dim": 15}""", "15 numbers, and an even number of 2 … 15 is needed")]
    [InlineData("mamba2", """{"num_heads": 0}""", "'num_heads': 0, which is not a whole number of 1 …")]
    [InlineData("mamba2", """{"head_dim": -1}""", "'head_dim': -1, which is not a whole number of 1 …")]
    [InlineData("mamba2", """{"n_groups": 3}""",
        "has a recurrent mixer of 8 heads of width 16 in 3 groups: the heads are to be a multiple")]
    [InlineData("mamba2", """{"conv_kernel": 3}""", "conv1d.weight' of shape [192, 1, 4], its configuration asks for [192, 1, 3]")]
    [InlineData("mamba2", """{"time_step_limit": [2, 1]}""", "has a time_step_limit of 2, 1: it needs two numbers, the least and the most")]
    [InlineData("bamba", """{"mamba_n_heads": 7}""", "has a recurrent mixer of 128 numbers")]
    [InlineData("bamba", """{"mamba_d_head": "auto", "mamba_n_heads": 7}""", "in 7 heads (mamba_n_heads) of width 18 (mamba_d_head)")]
    [InlineData("bamba", """{"mamba_expand": 3}""", "has a recurrent mixer of 192 numbers")]
    [InlineData("granitemoehybrid", """{"mamba_expand": 16777216}""", "has a recurrent mixer of 1073741824 numbers")]
    [InlineData("qwen3_5_text", """{"linear_num_value_heads": 3}""", "has linear attention of 3 value heads and 2 key heads")]
    [InlineData("qwen3_5_text", """{"linear_conv_kernel_dim": 5}""",
        "conv1d.weight' of shape [128, 1, 4], its configuration asks for [128, 1, 5]")]
    [InlineData("kimi_linear", """{"linear_head_dim": 0}""", "'linear_head_dim': 0, which is not a whole number of 1 …")]
    [InlineData("zaya", """{"cca_time0": 0}""", "'cca_time0': 0, which is not a whole number of 1 … 64")]
    [InlineData("gemma3n_text", """{"num_kv_shared_layers": 99}""", "'num_kv_shared_layers': 99, which is not fewer than the 5 blocks")]
    [InlineData("gemma3n_text", """{"num_kv_shared_layers": 4}""", "no block of the kind of block 1 is before them")]
    [InlineData("gemma4", """{"num_kv_shared_layers": 6}""", "'num_kv_shared_layers': 6, which is not fewer than the 6 blocks")]
    [InlineData("dory", """{"n_recurrent_loops": 0}""", "'n_recurrent_loops': 0, which is not a whole number of 1 … 1024")]
    [InlineData("dory", """{"n_recurrent_loops": 5000}""", "'n_recurrent_loops': 5000, which is not a whole number of 1 … 1024")]
    [InlineData("hrm_text", """{"H_cycles": 1024, "L_cycles": 1024}""", "in which blocks would run 1049600 times")]
    [InlineData("mamba2", """{"model_type": "rwkv7"}""", "'rwkv7', which is not supported, for it has")]
    public void Read_WrongMixer_NamesWhatIsWrong(string name, string settings, string sentence) => AssertRefused(name, settings, sentence);

    [Theory]
    [InlineData("qwen3_5_text", """{"layer_types": ["linear_attention"]}""", "has 1 layer_types for 4 blocks")]
    [InlineData("qwen3_5_text", """{"layer_types": ["linear_attention", "linear_attention", "linear_attention", "warp"]}""",
        "has blocks of the type 'warp'")]
    [InlineData("qwen3_5_text", """{"layer_types": ["linear_attention", "linear_attention", "linear_attention", "sliding_attention"]}""",
        "has blocks of the type 'sliding_attention', which is not supported here; supported: full_attention, linear_attention.")]
    [InlineData("qwen3_5_text", """{"layer_types": ["full_attention", "linear_attention", "linear_attention", "full_attention"]}""",
        "lacks the tensor 'model.layers.0.self_attn.q_proj.weight' of shape [256, 64], which its configuration asks for; the file may be "
            + "incomplete, or the configuration another model's")]
    [InlineData("kimi_linear", """{"mlp_layer_types": ["dense"]}""", "has 1 mlp_layer_types for 4 blocks")]
    [InlineData("lfm2", """{"layer_types": ["conv"]}""", "has 1 layer_types for 4 blocks")]
    [InlineData("lfm2", """{"layer_types": ["conv", "warp", "full_attention", "conv"]}""", "has blocks of the type 'warp'")]
    [InlineData("lfm3", """{"layer_types": ["conv", "warp", "full_attention", "conv"]}""", "has blocks of the type 'warp'")]
    [InlineData("nemotron_h", """{"layers_block_type": ["mamba", "moe"], "num_hidden_layers": 5}""",
        "names 2 blocks (layers_block_type) for 5 blocks")]
    [InlineData("nemotron_h", """{"layers_block_type": []}""", "lists no block (layers_block_type, or hybrid_override_pattern)")]
    [InlineData("nemotron_h", """{"layers_block_type": null, "hybrid_override_pattern": "MEM*X"}""",
        "has blocks of the type 'X' (hybrid_override_pattern)")]
    [InlineData("nemotron_h", """{"layers_block_type": null, "hybrid_override_pattern": "MEM*", "num_hidden_layers": 5}""",
        "names 4 blocks (hybrid_override_pattern) for 5 blocks")]
    [InlineData("nemotron_h", """{"layers_block_type": ["attention", "moe", "mamba", "attention", "mlp"]}""",
        "lacks the tensor 'backbone.layers.0.mixer.q_proj.weight'")]
    public void Read_WrongListOfBlocks_NamesWhatIsWrong(string name, string settings, string sentence) =>
        AssertRefused(name, settings, sentence);

    [Fact]
    public void Read_OlderListsOfBlocks_AreTheSameModel()
    {
        Read(GoldenCopy.Write(_folder, "nemotron_h", With("""{"layers_block_type": null, "hybrid_override_pattern": "MEM*-"}""")));
        Read(GoldenCopy.Write(_folder, "lfm2", With("""{"layer_types": null, "full_attn_idxs": [2]}""")));
    }

    [Theory]
    [InlineData("qwen3_moe", $"{Experts}.3.up_proj.weight", $"lacks the tensor '{Experts}.3.up_proj.weight' of shape [32, 64]")]
    [InlineData("qwen3_moe-fused", $"{Experts}.down_proj", $"lacks the tensor '{Experts}.0.down_proj.weight' of shape [64, 32]")]
    [InlineData("gpt_oss-mxfp4", "model.layers.0.mlp.experts.gate_up_proj_scales",
        "no 'model.layers.0.mlp.experts.gate_up_proj_scales' of U8 [6, 128, 2] beside it: blocks of MXFP4 need an exponent each")]
    [InlineData("deepseek_v3", "model.layers.1.mlp.gate.e_score_correction_bias",
        "lacks the tensor 'model.layers.1.mlp.gate.e_score_correction_bias' of shape [8]")]
    public void Read_TensorMissing_IsNamed(string name, string tensor, string sentence) =>
        AssertRefused(GoldenCopy.Write(_folder, name, rename: own => own == tensor ? "mtp." + own : own), sentence);

    [Fact]
    public void Read_ExpertTooMany_IsNamed() => AssertRefused(GoldenCopy.Write(_folder, "qwen3_moe", With("""{"num_local_experts": 7}"""),
        change: (name, own) => name.EndsWith("mlp.gate.weight", StringComparison.Ordinal) ? own[..7].clone() : own),
        "holds the tensor 'model.layers.0.mlp.experts.7.down_proj.weight', which the architecture 'qwen3_moe' does not use as configured. "
            + "Take the configuration that belongs to these weights");

    [Theory]
    [InlineData("down_proj", "of shape [8, 32, 64], its configuration asks for [8, 64, 32]")]
    [InlineData("gate_up_proj", "of shape [8, 64, 63], its configuration asks for [8, 64, 64]")]
    public void Read_StackOfAnotherShape_IsNamed(string stack, string sentence) => AssertRefused(GoldenCopy.Write(_folder,
        "qwen3_moe-fused",
        change: (name, own) => name != $"{Experts}.{stack}" ? own
            : stack == "down_proj" ? own.transpose(1, 2).contiguous() : own.narrow(2, 0, 63).contiguous()), sentence);

    [Fact]
    public void Read_RouterOfFewerRows_IsNamed() => AssertRefused(GoldenCopy.Write(_folder, "qwen3_moe",
        change: (name, own) => name == "model.layers.1.mlp.gate.weight" ? own[..7].clone() : own),
        "'model.layers.1.mlp.gate.weight' of shape [7, 64], its configuration asks for [8, 64]");

    [Fact]
    public void Read_BlocksOfMxfp4ThatAreNoBytes_AreNamed() => AssertRefused(GoldenCopy.Write(_folder, "gpt_oss-mxfp4",
        change: (name, own) => name.EndsWith("0.mlp.experts.down_proj_blocks", StringComparison.Ordinal)
            ? own.to_type(ScalarType.BFloat16) : own),
        "stores 'model.layers.0.mlp.experts.down_proj_blocks' as BF16: blocks of MXFP4 are U8");

    private void AssertRefused(string name, string settings, string sentence) =>
        AssertRefused(GoldenCopy.Write(_folder, name, With(settings)), sentence);

    private static void AssertRefused(string path, string sentence)
    {
        var message = Hostile.Read(() => Read(path), sentence);
        Assert.NotNull(message);
        Assert.Contains(sentence, message, StringComparison.Ordinal);
    }

    private static void Read(string path)
    {
        using var source = WeightSource.Open(path);
        LayoutCheck.Require(SpecReader.Read(source), source);
    }

    private static Func<string, string> With(string settings) => text =>
    {
        var config = JsonNode.Parse(text)!.AsObject();
        foreach (var (key, value) in JsonNode.Parse(settings)!.AsObject())
            config[key] = value?.DeepClone();
        return config.ToJsonString();
    };
}
