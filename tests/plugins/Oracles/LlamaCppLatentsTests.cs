using LlmKick.Sdk;
using LlmKick.Tests.Transformers;
using LlmKick.Tests.Transformers.Export;
using LlmKick.Transformers.Export.Gguf;
using LlmKick.Transformers.Formats.Gguf;
using LlmKick.Transformers.Formats.Sources;
using LlmKick.Transformers.Formats.Weights;
using static LlmKick.Tests.Oracles.LlamaCppCheck;
using static TorchSharp.torch;

namespace LlmKick.Tests.Oracles;

/// <summary>Latent attention in GGUF files, beyond the golden folders.</summary>
public sealed class LlamaCppLatentsTests : IDisposable
{
    private const double Tolerance = 2e-3;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Files that were converted before keys and values lay apart have one matrix of both.</summary>
    [Theory]
    [InlineData("deepseek_v2")]
    [InlineData("deepseek_v3")]
    public void Load_KeysAndValuesInOneMatrix_ComputesTheSame(string name)
    {
        using var desk = new ExportDesk(SharedData.Require($"golden/architectures/{name}"));
        var older = Older(desk.Write(ExportDesk.Settings("gguf", "F32"), "model.gguf"));

        using var read = new ExportDesk(older);
        Golden.AssertClose(Scores(desk, Ids(name)), Scores(read, Ids(name)), 1e-5);
        Golden.AssertClose(Scores(desk, Ids(name)), [.. LlamaCppScores.Of(older, Ids(name)).SelectMany(row => row)], Tolerance);
        using var again = new ExportDesk(read.Write(ExportDesk.Settings("gguf", "F32"), "again.gguf"));
        Golden.AssertClose(Scores(desk, Ids(name)), Scores(again, Ids(name)), 1e-5);
    }

    /// <summary>With the multipliers that llama.cpp has in its code.</summary>
    [Fact]
    public void Write_MiniCpm3AsReleased_ComputesTheSameAndTellsOtherMultipliers()
    {
        // In texts longer than the original context both take the same factors.
        RenamedCheckpoint.Write("minicpm3", """
            {"scale_emb": 12, "scale_depth": 1.4, "dim_model_base": 256, "rms_norm_eps": 1e-6, "rope_parameters": {"rope_type": "longrope",
             "rope_theta": 10000.0, "long_factor": [2.0, 3.0, 5.0, 9.0], "short_factor": [1.1, 1.3, 1.7, 2.5],
             "original_max_position_embeddings": 12}}
            """, _ => { }, _folder.File("."));
        using var desk = new ExportDesk(_folder.File("."));
        var own = Scores(desk, Ids("minicpm3"));
        var file = desk.Write(ExportDesk.Settings("gguf", "F32"), "model.gguf");
        Golden.AssertClose(own, [.. LlamaCppScores.Of(file, Ids("minicpm3")).SelectMany(row => row)], Tolerance);
        using var read = new ExportDesk(file);
        Golden.AssertClose(own, Scores(read, Ids("minicpm3")), 1e-5);
        using var again = new ExportDesk(read.Write(ExportDesk.Settings("hf-dense", "own")));
        Golden.AssertClose(own, Scores(again, Ids("minicpm3")), 1e-5);

        using var other = new ExportDesk(SharedData.Require("golden/architectures/minicpm3"));
        Assert.Contains("llama.cpp computes every MiniCPM 3 with scale_emb 12, scale_depth 1.4 and dim_model_base 256, this model has 3, "
            + "1.4 and 32", Assert.Throws<LlmKickException>(() => other.Write(ExportDesk.Settings("gguf", "F32"), "other.gguf")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Write_OtherEpsilonOfLatents_IsSaid()
    {
        using var desk = new ExportDesk(SharedData.Require("golden/architectures/glm4_moe_lite"));
        desk.Write(ExportDesk.Settings("gguf", "F32"), "model.gguf", out var result);
        Assert.Contains("llama.cpp has one ε in all norms (1E-05), this model another in those of latent vectors (1E-06)", result.Notes);
    }

    [Theory]
    [InlineData("""{"rope_interleave": false}""", "llama.cpp rotates neighbours in latent attention, and this model rotates halves")]
    [InlineData("""{"attention_bias": true}""", "llama.cpp knows no biases in latent attention")]
    [InlineData("""{"n_shared_experts": 0}""", "llama.cpp wants shared experts in the architecture 'deepseek2', and this model has none")]
    public void Write_WhatLlamaCppDoesNotCompute_IsRefused(string config, string sentence)
    {
        RenamedCheckpoint.Write("deepseek_v3", config, tensors =>
        {
            if (config.Contains("bias", StringComparison.Ordinal))
                foreach (var linear in tensors.Keys.Where(name => name.Contains("self_attn.", StringComparison.Ordinal)
                    && (name.Contains("_a_proj", StringComparison.Ordinal) || name.Contains("o_proj", StringComparison.Ordinal))).ToList())
                    tensors[linear[..^"weight".Length] + "bias"] = zeros([tensors[linear].shape[0]], ScalarType.BFloat16);
            if (config.Contains("shared", StringComparison.Ordinal))
                foreach (var name in tensors.Keys.Where(name => name.Contains("shared_experts", StringComparison.Ordinal)).ToList())
                    tensors.Remove(name);
        }, _folder.File("."));
        using var desk = new ExportDesk(_folder.File("."));
        Assert.Contains(sentence, Assert.Throws<LlmKickException>(() => desk.Write(ExportDesk.Settings("gguf", "F32"), "no.gguf")).Message,
            StringComparison.Ordinal);
    }

    /// <summary>The same model as files had it before.</summary>
    private string Older(string path)
    {
        using var weights = (GgufWeights)WeightSource.Open(path);
        var sizes = weights.File.Metadata;
        var (heads, key, value) = (sizes.Integer("deepseek2.attention.head_count")!.Value,
            sizes.Integer("deepseek2.attention.key_length_mla")!.Value, sizes.Integer("deepseek2.attention.value_length_mla")!.Value);
        var pairs = weights.File.Pairs.Where(pair => !pair.Key.EndsWith("_mla", StringComparison.Ordinal)).Select(pair => pair.Key switch
        {
            "deepseek2.attention.head_count_kv" => GgufPair.Of(pair.Key, (uint)heads),
            "deepseek2.attention.key_length" => GgufPair.Of(pair.Key, (uint)key),
            "deepseek2.attention.value_length" => GgufPair.Of(pair.Key, (uint)value),
            _ => pair,
        });
        Tensor Whole(string keys) => cat([weights.Read(keys, ScalarType.Float32).transpose(1, 2),
            weights.Read(keys.Replace("attn_k_b", "attn_v_b", StringComparison.Ordinal), ScalarType.Float32)], 1).flatten(0, 1)
            .contiguous();
        var plans = weights.File.Tensors.Values.Where(tensor => !tensor.Name.Contains("attn_v_b", StringComparison.Ordinal))
            .Select(tensor => tensor.Name.Contains("attn_k_b", StringComparison.Ordinal)
                ? new GgufPlan(tensor.Name.Replace("attn_k_b", "attn_kv_b", StringComparison.Ordinal), Whole(tensor.Name).shape,
                    tensor.Type, () => Whole(tensor.Name))
                : new GgufPlan(tensor.Name, tensor.Shape, tensor.Type, () => weights.Read(tensor.Name, ScalarType.Float32)));
        var older = _folder.File("older.gguf");
        using var stream = File.Create(older);
        new GgufWriter([.. pairs], [.. plans]).Write(stream, () => { });
        return older;
    }
}
