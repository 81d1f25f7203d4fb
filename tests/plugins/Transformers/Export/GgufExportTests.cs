using LlmKick.Quantization;
using LlmKick.Sdk.Solving;
using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Formats.Gguf;
using static TorchSharp.torch;

namespace LlmKick.Tests.Transformers.Export;

public sealed class GgufExportTests
{
    [Theory]
    [InlineData("f16", "F16")]
    [InlineData("q8_0", "Q8_0")]
    [InlineData("q4_0", "Q4_0")]
    public void Write_FileOfAnotherProgram_HasItsTensorsToTheByte(string kind, string type)
    {
        var source = SharedData.Require($"golden/quantized/gguf-{kind}/model.gguf");
        using var desk = new ExportDesk(source);
        using var own = GgufFile.Open(source);
        using var written = GgufFile.Open(desk.Write(ExportDesk.Settings("gguf", type), "model.gguf"));

        Assert.Equal(own.Tensors.Keys, written.Tensors.Keys);
        foreach (var (name, tensor) in own.Tensors.Where(row => row.Value.Type.Name == written.Tensor(row.Key).Type.Name))
            Assert.True(own.Rows(tensor, 0, (int)tensor.Rows).SequenceEqual(written.Rows(written.Tensor(name), 0, (int)tensor.Rows)), name);
        Assert.Equal(own.Metadata.Keys.Where(key => !key.StartsWith("general.", StringComparison.Ordinal)),
            written.Metadata.Keys.Where(key => !key.StartsWith("general.", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("F32")]
    [InlineData("F16")]
    [InlineData("BF16")]
    [InlineData("Q8_0")]
    public void Write_OwnFileAgain_IsTheSameToTheByte(string type)
    {
        using var desk = new ExportDesk(SharedData.Require("golden/architectures/llama"));
        var first = desk.Write(ExportDesk.Settings("gguf", type), "first.gguf");
        using var again = new ExportDesk(first);
        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(again.Write(ExportDesk.Settings("gguf", type), "second.gguf")));
    }

    [Fact]
    public void Write_FolderAsFloats_ComputesTheSame()
    {
        using var desk = new ExportDesk(SharedData.Require("golden/architectures/llama"));
        using var again = new ExportDesk(desk.Write(ExportDesk.Settings("gguf", "F32"), "model.gguf"));
        Assert.Equal(ExportDesk.Scores(desk), ExportDesk.Scores(again));
        Assert.Equal(desk.Model.Tokenizer!.Encode("The quick brown fox, 1234."),
            again.Model.Tokenizer!.Encode("The quick brown fox, 1234."));
        Assert.Equal(desk.Model.Tokenizer.BeginOfText, again.Model.Tokenizer.BeginOfText);
    }

    [Fact]
    public void Write_RotaryScaling_ComputesTheSame()
    {
        using var desk = new ExportDesk(SharedData.Require("golden/architectures/llama3-rope"));
        using var again = new ExportDesk(desk.Write(ExportDesk.Settings("gguf", "F32"), "model.gguf"));
        Golden.AssertClose(ExportDesk.Scores(desk), ExportDesk.Scores(again), 1e-5);
    }

    [Fact]
    public void Write_Mix_GivesMoreBitsWhereLlamaCppDoes()
    {
        using var desk = new ExportDesk(SharedData.Require(ModelUnderTest.SmolLm2));
        using var file = GgufFile.Open(desk.Write(ExportDesk.Settings("gguf", "Q4_K_M"), "model.gguf"));
        string Type(string name) => file.Tensor(name).Type.Name;
        // 576 columns are no whole blocks of 256: Q4_K becomes Q5_0 and Q6_K becomes Q8_0 there; 1,536 are.
        Assert.Equal(["Q8_0", "F32", "Q5_0", "Q8_0", "Q6_K", "Q5_0"], [Type("token_embd.weight"), Type("output_norm.weight"),
            Type("blk.0.attn_q.weight"), Type("blk.0.attn_v.weight"), Type("blk.0.ffn_down.weight"), Type("blk.3.attn_v.weight")]);
        Assert.Equal(["Q4_K", "Q6_K", "Q6_K"],
            [Type("blk.3.ffn_down.weight"), Type("blk.5.ffn_down.weight"), Type("blk.29.ffn_down.weight")]);
        Assert.Equal(15, file.Metadata.Integer("general.file_type"));
    }

    /// <summary>A model of eight experts gets eight bits for keys and values, but where its own integers are those of the file.</summary>
    [Fact]
    public void Write_IntegersOfEightExperts_AreNotRoundedAgain()
    {
        using var desk = new ExportDesk(SharedData.Require("golden/architectures/qwen3_moe"));
        string TypeOfKeys(string name)
        {
            using var file = GgufFile.Open(desk.Write(ExportDesk.Settings("gguf", "Q4_0"), name));
            return file.Tensor("blk.0.attn_k.weight").Type.Name;
        }
        Assert.Equal("Q8_0", TypeOfKeys("rounded.gguf"));
        PackedExportTests.Compress(desk,
            new Rtn(new RtnOptions { Bits = 4, GroupSize = 32, Symmetric = true, ScaleDtype = ScaleType.Float16 }));
        Assert.Equal("Q4_0", TypeOfKeys("packed.gguf"));
    }

    /// <summary>What chooses experts or weighs the shared one, and tables of positions.</summary>
    [Theory]
    [InlineData("qwen2_moe", "blk.0.ffn_gate_inp.weight", "blk.0.ffn_gate_inp_shexp.weight")]
    [InlineData("gpt2", "position_embd.weight", "output_norm.weight")]
    public void Write_WhatLlamaCppLeavesAsItIs_StaysFloat(string golden, string first, string second)
    {
        using var desk = new ExportDesk(SharedData.Require($"golden/architectures/{golden}"));
        foreach (var type in new[] { "F16", "Q8_0", "Q4_K_M" })
        {
            using var file = GgufFile.Open(desk.Write(ExportDesk.Settings("gguf", type), type + ".gguf"));
            Assert.Equal(["F32", "F32"], [file.Tensor(first).Type.Name, file.Tensor(second).Type.Name]);
        }
    }

    [Theory]
    [InlineData("Q4_0", 4)]
    [InlineData("Q5_0", 5)]
    [InlineData("Q8_0", 8)]
    public void Write_IntegersThatBlocksHold_AreNotRoundedAgain(string type, int bits)
    {
        using var desk = new ExportDesk(SharedData.Require("golden/architectures/llama"));
        PackedExportTests.Compress(desk,
            new Rtn(new RtnOptions { Bits = bits, GroupSize = 32, Symmetric = true, ScaleDtype = ScaleType.Float16 }));
        using var again = new ExportDesk(desk.Write(ExportDesk.Settings("gguf", type), "model.gguf", out var result));
        Assert.All(desk.Linears.Zip(again.Linears), pair => Assert.True(pair.First.Weight.eq(pair.Second.Weight).all().item<bool>()));
        Assert.Contains(result.Notes, note => note.StartsWith("integers of linears are as they were measured", StringComparison.Ordinal));
        Assert.DoesNotContain(result.Notes, note => note.StartsWith("scales", StringComparison.Ordinal));
    }

    /// <summary>Rows that lie in another order, and in two tensors.</summary>
    [Fact]
    public void Write_IntegersInOtherOrders_AreNotRoundedAgain()
    {
        using var desk = new ExportDesk(SharedData.Require("golden/architectures/qwen3_next"));
        PackedExportTests.Compress(desk,
            new Rtn(new RtnOptions { Bits = 8, GroupSize = 32, Symmetric = true, ScaleDtype = ScaleType.Float16 }));
        using var again = new ExportDesk(desk.Write(ExportDesk.Settings("gguf", "Q8_0"), "model.gguf"));
        // What steers the recurrence, and routers, are not quantized.
        var pairs = desk.Linears.Zip(again.Linears).Where(pair => pair.First.Encoding is QuantizedEncoding).ToList();
        Assert.Contains(pairs, pair => pair.First.Name == "linear_attn.in_proj_qkvz");
        Assert.All(pairs, pair => Assert.True(pair.First.Weight.eq(pair.Second.Weight).all().item<bool>()));
    }

    /// <summary>Keys and values lie apart, the former transposed, so that a group of 32 inputs is no block there.</summary>
    [Fact]
    public void Write_IntegersOfLatentKeys_AreRefusedOrKeptDense()
    {
        using var desk = new ExportDesk(SharedData.Require("golden/architectures/deepseek_v3"));
        PackedExportTests.Compress(desk,
            new Rtn(new RtnOptions { Bits = 8, GroupSize = 32, Symmetric = true, ScaleDtype = ScaleType.Float16 }));
        var fault = Assert.Throws<LlmKickException>(() => desk.Write(ExportDesk.Settings("gguf", "Q8_0"), "no.gguf"));
        Assert.Contains("'model.layers.0.self_attn.kv_b_proj' and 2 more has integers of 8 bits with scales of their own, which Q8_0 would "
            + "round again to others", fault.Message, StringComparison.Ordinal);
        using var file = GgufFile.Open(desk.Write(ExportDesk.Settings("gguf", "Q8_0", keepDense: true), "dense.gguf"));
        Assert.Equal(["F16", "F16", "Q8_0"],
            new[] { "attn_k_b", "attn_v_b", "attn_q_a" }.Select(name => file.Tensor($"blk.0.{name}.weight").Type.Name));
    }

    [Fact]
    public void Write_PrunedModel_IsRefusedWhereZerosWouldBeLost()
    {
        using var desk = new ExportDesk(SharedData.Require("golden/architectures/llama"));
        foreach (var linear in desk.Linears)
            linear.Replace(linear.Weight.masked_fill(linear.Weight.abs().lt(Number.Of(0.02)), Number.Of(0)), new PrunedEncoding(null));
        var fault = Assert.Throws<LlmKickException>(() => desk.Write(ExportDesk.Settings("gguf", "Q4_1"), "lost.gguf"));
        Assert.Contains("'model.layers.0.self_attn.q_proj' and 20 more is pruned, and Q4_1 has no exact zero", fault.Message,
            StringComparison.Ordinal);

        using var kept = new ExportDesk(desk.Write(ExportDesk.Settings("gguf", "Q8_0"), "kept.gguf"));
        Assert.All(desk.Linears.Zip(kept.Linears),
            pair => Assert.True(pair.Second.Weight.masked_select(pair.First.Weight.eq(Number.Of(0))).eq(Number.Of(0)).all().item<bool>()));
        using var dense = GgufFile.Open(desk.Write(ExportDesk.Settings("gguf", "Q4_1", keepDense: true), "dense.gguf", out var result));
        Assert.Equal("F16", dense.Tensor("blk.0.attn_q.weight").Type.Name);
        Assert.Contains(result.Notes, note => note.EndsWith("stored as F16", StringComparison.Ordinal));
    }

    /// <summary>Scales of blocks are halves, of at most 65504.</summary>
    [Theory]
    [InlineData("F16", 1e5f)]
    [InlineData("Q8_0", 1e7f)]
    [InlineData("Q4_0", 1e6f)]
    [InlineData("Q5_1", 1e8f)]
    [InlineData("Q4_K_M", 1e8f)]
    [InlineData("Q6_K", 1e9f)]
    public void Write_ValuesThatTheTypeCannotHold_IsRefusedAndLeavesNoFile(string type, float value)
    {
        using var desk = new ExportDesk(SharedData.Require("golden/architectures/llama"));
        desk.Linears.First().Weight.view(-1)[0].fill_(Number.Of(value));
        var fault = Assert.Throws<LlmKickException>(() => desk.Write(ExportDesk.Settings("gguf", type), "large.gguf"));
        Assert.StartsWith("'blk.0.attn_q.weight' has values of up to 1e+", fault.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(desk.Folder(".")));

        using var again = new ExportDesk(desk.Write(ExportDesk.Settings("gguf", "F32"), "whole.gguf"));
        Assert.Equal(value, again.Linears.First().Weight.max().item<float>());
    }

    [Theory]
    [InlineData("gguf", "Q8_0")]
    [InlineData("pack-quantized", "float16")]
    [InlineData("gptq", null)]
    public void Write_ScalesThatTheTypeCannotHold_AreRefusedBeforeAByte(string format, string? type)
    {
        using var desk = new ExportDesk(SharedData.Require("golden/architectures/llama"));
        desk.Linears.First().Weight.view(-1)[0].fill_(Number.Of(1e8f));
        PackedExportTests.Compress(desk, new Rtn(new RtnOptions { Bits = 8, GroupSize = 32, Symmetric = true }));
        var fault = Assert.Throws<LlmKickException>(() => desk.Write(ExportDesk.Settings(format, type), "large"));
        Assert.Contains("'model.layers.0.self_attn.q_proj' has scales that float16 cannot hold", fault.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(desk.Folder(".")));
    }
}
