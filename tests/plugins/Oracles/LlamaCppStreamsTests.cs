using System.Text.Json.Nodes;
using LlmKick.Quantization;
using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Solving;
using LlmKick.Sdk.Tensors;
using LlmKick.Tests.Transformers;
using LlmKick.Tests.Transformers.Export;
using LlmKick.Transformers.Formats.Gguf;
using LlmKick.Transformers.Formats.Sources;
using static TorchSharp.torch;

namespace LlmKick.Tests.Oracles;

/// <summary>Gemma 3n in GGUF files: llama.cpp has the released models' sizes in its code, which the golden folder does not have.</summary>
public sealed class LlamaCppStreamsTests : IDisposable
{
    private const int Blocks = 25;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>llama.cpp takes GELU from a table of 16 bits, and the deviation of a sample for that of a population, which comes to 4e-2
    /// over gates of 96 numbers and to less over wider ones. Tokens may have no row of their own for the blocks.</summary>
    [Theory]
    [InlineData(512)]
    [InlineData(300)]
    public void Write_Gemma3nAsReleased_ComputesTheSame(int known)
    {
        Write(known);
        var ids = LlamaCppCheck.Ids("gemma3n_text");
        using var desk = new ExportDesk(_folder.File("."));
        var own = LlamaCppCheck.Scores(desk, ids);
        var path = desk.Write(ExportDesk.Settings("gguf", "F32"), "model.gguf");
        float[] theirs = [.. LlamaCppScores.Of(path, ids).SelectMany(row => row)];
        using (var variant = ModelUnderTest.LoadFolder(_folder.File("."), spec => LlamaCppVariant.Of(spec, new(0))))
            Golden.AssertClose([.. ids.SelectMany(row => variant.LogProbabilities(row))], theirs, 2e-3);
        Assert.InRange(own.Zip(theirs, (ours, other) => Math.Abs(ours - other)).Max(), 1e-2, 1e-1);

        using var read = new ExportDesk(path);
        Golden.AssertClose(own, LlamaCppCheck.Scores(read, ids), 1e-5);
        using var again = new ExportDesk(read.Write(ExportDesk.Settings("hf-dense", "own")));
        Golden.AssertClose(own, LlamaCppCheck.Scores(again, ids), 1e-5);
    }

    /// <summary>Residuals of low rank and tables of streams stay float32; keys that nothing reads are blocks of zeros.</summary>
    [Fact]
    public void Write_Gemma3nInBlocks_IsComputedAlike()
    {
        Write(512);
        var ids = LlamaCppCheck.Ids("gemma3n_text");
        using var desk = new ExportDesk(_folder.File("."));
        var path = desk.Write(ExportDesk.Settings("gguf", "Q4_0"), "model.gguf");
        string[] names = ["blk.0.laurel_l.weight", "blk.0.altup_predict_coef.weight", "altup_proj.weight", "per_layer_model_proj.weight",
            "blk.24.attn_k.weight", "blk.24.attn_q.weight", "per_layer_token_embd.weight"];
        using (var file = GgufFile.Open(path))
            Assert.Equal(["F32", "F32", "F32", "F32", "Q4_0", "Q4_0", "Q4_0"], names.Select(name => file.Tensor(name).Type.Name));
        using var read = new ExportDesk(path);
        var own = LlamaCppCheck.Scores(read, ids);
        float[] theirs = [.. LlamaCppScores.Of(path, ids).SelectMany(row => row)];
        Assert.InRange(Mean(own, theirs), 0, 0.3 * Mean(own, LlamaCppCheck.Scores(desk, ids)));
    }

    /// <summary>Blocks of keys that nothing reads are zeros beside those of integers.</summary>
    [Fact]
    public void Write_IntegersBesideIdleKeys_AreNotRoundedAgain()
    {
        Write(512);
        using var desk = new ExportDesk(_folder.File("."));
        PackedExportTests.Compress(desk,
            new Rtn(new RtnOptions { Bits = 8, GroupSize = 32, Symmetric = true, ScaleDtype = ScaleType.Float16 }));
        var path = desk.Write(ExportDesk.Settings("gguf", "Q8_0"), "model.gguf");
        using var again = new ExportDesk(path);
        Assert.All(desk.Linears.Zip(again.Linears).Where(pair => pair.First.Encoding is QuantizedEncoding),
            pair => Assert.True(pair.First.Weight.eq(pair.Second.Weight).all().item<bool>()));
        using var weights = WeightSource.Open(path);
        Assert.True(weights.Read("blk.24.attn_k.weight", ScalarType.Float32).eq(Number.Of(0)).all().item<bool>());
        Assert.True(weights.Read("blk.24.attn_k_norm.weight", ScalarType.Float32).eq(Number.Of(1)).all().item<bool>());
    }

    private static double Mean(float[] own, float[] other) => own.Zip(other, (ours, theirs) => Math.Abs(ours - theirs)).Average();

    [Theory]
    [InlineData("""{"num_kv_shared_layers": 0}""", "llama.cpp lets all blocks of Gemma 3n behind the first 20 look at the keys of earlier "
        + "ones, this model has 0 such blocks of 25 (num_kv_shared_layers)")]
    [InlineData("""{"final_logit_softcapping": 20.0}""", "llama.cpp caps the logits of every Gemma 3n at 30, this model otherwise")]
    public void Write_Gemma3nOtherwise_IsRefused(string config, string sentence)
    {
        Write(512, config);
        using var desk = new ExportDesk(_folder.File("."));
        Assert.Contains(sentence, Assert.Throws<LlmKickException>(() => desk.Write(ExportDesk.Settings("gguf", "F32"), "no.gguf")).Message,
            StringComparison.Ordinal);
    }

    /// <summary>Random numbers as large as the golden's, in the sizes that llama.cpp knows.</summary>
    private void Write(int known, string config = "{}")
    {
        var shares = string.Join(", ", Enumerable.Range(0, Blocks).Select(block => block < 10 ? "0.95" : "0.0"));
        var kinds = string.Join(", ", Enumerable.Range(1, Blocks)
            .Select(block => block % 5 == 0 ? "\"full_attention\"" : "\"sliding_attention\""));
        var sizes = JsonNode.Parse($$"""
            {"num_hidden_layers": {{Blocks}}, "num_kv_shared_layers": {{Blocks - 20}}, "altup_num_inputs": 4, "laurel_rank": 64,
             "hidden_size_per_layer_input": 256, "intermediate_size": 96, "vocab_size_per_layer_input": {{known}},
             "activation_sparsity_pattern": [{{shares}}], "layer_types": [{{kinds}}]}
            """)!.AsObject();
        foreach (var (key, value) in JsonNode.Parse(config)!.AsObject())
            sizes[key] = value?.DeepClone();
        RenamedCheckpoint.Write("gemma3n_text", sizes.ToJsonString(), tensors =>
        {
            using var random = new Generator(7);
            var golden = tensors.ToDictionary();
            tensors.Clear();
            void Add(string name, Tensor like, params long[] shape) => tensors[name] = randn(shape, generator: random)
                .mul(like.to_type(ScalarType.Float32).std()).add(like.to_type(ScalarType.Float32).mean(), Number.One)
                .to_type(ScalarType.BFloat16);
            foreach (var (name, tensor) in golden)
                if (!name.Contains("layers.", StringComparison.Ordinal))
                    Add(name, tensor, Widened(name, tensor.shape, known));
            foreach (var way in new[] { "altup_projections", "altup_unembed_projections" })
                Add($"model.{way}.2.weight", golden[$"model.{way}.0.weight"], 64, 64);
            for (var block = 0; block < Blocks; block++)
                foreach (var (name, tensor) in golden.Where(row => row.Key.StartsWith("model.layers.0.", StringComparison.Ordinal)))
                    Add(name.Replace("layers.0.", $"layers.{block}.", StringComparison.Ordinal), tensor,
                        Widened(name, tensor.shape, known));
            foreach (var name in tensors.Keys.Where(name => name.Contains(".post_", StringComparison.Ordinal)).ToList())
                tensors[name] = tensors[name].mul(Number.Of(0.25));
            // Released files have keys and values of these blocks, which nothing reads.
            foreach (var name in tensors.Keys.Where(name => name.Contains($"layers.{Blocks - 1}.self_attn.k", StringComparison.Ordinal)
                || name.Contains($"layers.{Blocks - 1}.self_attn.v", StringComparison.Ordinal)).ToList())
                if (config == "{}")
                    tensors.Remove(name);
        }, _folder.File("."));
    }

    private static long[] Widened(string name, long[] shape, int known) => name switch
    {
        _ when name.Contains("embed_tokens_per_layer", StringComparison.Ordinal) => [known, Blocks * 256],
        _ when name.Contains("per_layer_model_projection", StringComparison.Ordinal) => [Blocks * 256, 64],
        _ when name.Contains("per_layer_projection_norm", StringComparison.Ordinal) => [256],
        _ when name.Contains("per_layer_input_gate", StringComparison.Ordinal) => [256, 64],
        _ when name.Contains("per_layer_projection", StringComparison.Ordinal) => [64, 256],
        _ when name.Contains("laurel.linear_left", StringComparison.Ordinal) => [64, 64],
        _ when name.Contains("laurel.linear_right", StringComparison.Ordinal) => [64, 64],
        _ when name.Contains("modality_router", StringComparison.Ordinal) => [4, 64],
        _ when name.Contains("prediction_coefs", StringComparison.Ordinal) => [16, 4],
        _ when name.Contains("correction_coefs", StringComparison.Ordinal) => [4, 4],
        _ => shape,
    };
}
