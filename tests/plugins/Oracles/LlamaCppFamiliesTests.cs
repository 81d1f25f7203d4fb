using LlmKick.Sdk;
using LlmKick.Tests.Transformers;
using LlmKick.Tests.Transformers.Export;

namespace LlmKick.Tests.Oracles;

/// <summary>Every family that llama.cpp knows, written as GGUF and computed by it.</summary>
public sealed class LlamaCppFamiliesTests
{
    private const double Tolerance = 2e-3;

    [Theory]
    [MemberData(nameof(GoldenFolders.InGguf), MemberType = typeof(GoldenFolders))]
    public void Score_OurFile_AsTheReferenceOrAsTheTableSays(string name)
    {
        var golden = Golden.Json($"golden/architectures/{name}/golden.json");
        int[][] ids = [.. golden.GetProperty("ids").EnumerateArray().Select(row => row.Ints())];
        float[] reference = [.. golden.GetProperty("token_logprobs").EnumerateArray().SelectMany(row => row.Floats())];
        using var folder = new TemporaryFolder();
        using var desk = new ExportDesk(GgufExportFolders.Linked(name, folder));

        float[] scores = [.. LlamaCppScores.Of(desk.Write(ExportDesk.Settings("gguf", "F32"), "model.gguf"), ids).SelectMany(row => row)];

        if (LlamaCppDifference.ByFolder.GetValueOrDefault(name) is not { } difference)
        {
            Golden.AssertClose(reference, scores, Tolerance);
            return;
        }
        using var variant = ModelUnderTest.Load($"golden/architectures/{name}", spec => LlamaCppVariant.Of(spec, difference));
        Golden.AssertClose([.. ids.SelectMany(row => variant.LogProbabilities(row))], scores, difference.Remainder);
        Assert.InRange(reference.Zip(scores, (own, other) => Math.Abs(own - other)).Max(), difference.Nats * 0.8, difference.Nats * 1.25);
    }

    [Theory]
    [InlineData("opt", "GGUF files of the architecture 'opt' cannot be written, since llama.cpp does not know it")]
    [InlineData("opt-350m", "GGUF files of the architecture 'opt' cannot be written, since llama.cpp does not know it")]
    [InlineData("helium", "GGUF files of the architecture 'helium' cannot be written, since llama.cpp does not know it")]
    [InlineData("vaultgemma", "GGUF files of the architecture 'vaultgemma' cannot be written, since llama.cpp does not know it")]
    [InlineData("apertus1p5_text", "GGUF files of the architecture 'apertus1p5_text' cannot be written, since llama.cpp does not know it")]
    [InlineData("nanochat", "GGUF files of the architecture 'nanochat' cannot be written, since llama.cpp does not know it")]
    [InlineData("wrapped-muse_glimmer",
        "GGUF files of the architecture 'muse_glimmer_text' cannot be written, since llama.cpp does not know it")]
    [InlineData("bailing_hybrid", "GGUF files of the architecture 'bailing_hybrid' cannot be written, since llama.cpp does not know it")]
    [InlineData("mellum", "llama.cpp rotates all blocks of the architecture 'mellum' with one base, this model those with a window with "
        + "another (rope_parameters)")]
    [InlineData("laguna", "llama.cpp does not cap the logits of routers in the architecture 'laguna', this model does at 2 "
        + "(moe_router_logit_softcapping)")]
    [InlineData("llama4_text", "llama.cpp computes every Llama 4 with attention_chunk_size 8192, attn_scale 0.1 and floor_scale 8192, "
        + "this model has 32, 0.1 and 16")]
    [InlineData("gemma3n_text", "llama.cpp computes every Gemma 3n with altup_num_inputs 4, altup_active_idx 0, "
        + "hidden_size_per_layer_input 256 and laurel_rank 64, this model has 3, 0, 16 and 16")]
    [InlineData("falcon-rw",
        "llama.cpp computes Falcon's blocks side by side and with rotation only, this model's are one after the other or have ALiBi")]
    public void Write_WhatLlamaCppDoesNotKnow_IsRefused(string name, string sentence)
    {
        using var desk = new ExportDesk(SharedData.Require($"golden/architectures/{name}"));
        var fault = Assert.Throws<LlmKickException>(() => desk.Write(ExportDesk.Settings("gguf", "F32"), "model.gguf"));
        Assert.Contains(sentence, fault.Message, StringComparison.Ordinal);
    }
}
