using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Transformers.Export.Gguf;
using LlmKick.Transformers.Formats.Gguf;
using LlmKick.Transformers.Formats.Sources;
using LlmKick.Transformers.Formats.Weights;
using static TorchSharp.torch;

namespace LlmKick.Tests.Transformers.Export;

/// <summary>From folders to GGUF files and back.</summary>
public sealed class GgufRoundTripTests
{
    private const double Tolerance = 1e-5;

    [Theory]
    [MemberData(nameof(GoldenFolders.InGguf), MemberType = typeof(GoldenFolders))]
    public void Write_FolderToGgufToFolder_ComputesTheSame(string name)
    {
        int[][] ids = [.. Golden.Json($"golden/architectures/{name}/golden.json").GetProperty("ids").EnumerateArray()
            .Select(row => row.Ints())];
        using var folder = new ExportDesk(SharedData.Require($"golden/architectures/{name}"));
        var own = Scores(folder, ids);

        using var gguf = new ExportDesk(folder.Write(ExportDesk.Settings("gguf", "F32"), "model.gguf"));
        Golden.AssertClose(own, Scores(gguf, ids), Tolerance);
        using var again = new ExportDesk(gguf.Write(ExportDesk.Settings("hf-dense", "own")));
        Golden.AssertClose(own, Scores(again, ids), Tolerance);
        Assert.Equal(folder.Linears.Select(linear => (linear.Name, linear.Outputs, linear.Inputs)),
            again.Linears.Select(linear => (linear.Name, linear.Outputs, linear.Inputs)));
    }

    [Theory]
    [InlineData("mistral-window", "llama.cpp does not know windows in the architecture 'llama': beyond 24 tokens it computes otherwise")]
    [InlineData("gemma2", "llama.cpp divides the scores of the architecture 'gemma2' by √16")]
    [InlineData("smollm3", "llama.cpp leaves every fourth block of SmolLM 3 without rotation")]
    [InlineData("llama-dynamic", "llama.cpp does not know dynamic rotary scaling: it computes texts of more than 64 tokens otherwise")]
    [InlineData("phi3-longrope",
        "llama.cpp takes the factors for long texts where it is given room for more than 12 tokens, whatever the text")]
    public void Write_WhatLlamaCppComputesOtherwise_IsSaid(string name, string sentence)
    {
        using var desk = new ExportDesk(SharedData.Require($"golden/architectures/{name}"));
        desk.Write(ExportDesk.Settings("gguf", "F32"), "model.gguf", out var result);
        Assert.Contains(result.Notes, note => note.StartsWith(sentence, StringComparison.Ordinal));
    }

    [Fact]
    public void Write_RowsThatAreNoWholeBlocks_AreCounted()
    {
        using var desk = new ExportDesk(SharedData.Require("golden/architectures/llama"));
        desk.Write(ExportDesk.Settings("gguf", "Q4_K_M"), "model.gguf", out var result);
        Assert.Contains(result.Notes, note => note
            .StartsWith("21 of 21 linears have rows that are no whole blocks of 256 and are stored otherwise: ", StringComparison.Ordinal)
            && note.EndsWith(" bits a weight, Q4_K has 4.50", StringComparison.Ordinal));
        var refused = Assert.Throws<LlmKickException>(() =>
            desk.Write(ExportDesk.Settings("gguf", "Q4_K_M") with { OneType = true }, "one.gguf", out _));
        Assert.Contains("21 of 21 linears have rows that are no whole blocks of 256", refused.Message, StringComparison.Ordinal);
        desk.Write(ExportDesk.Settings("gguf", "Q4_0") with { OneType = true }, "fits.gguf", out _);
    }

    [Fact]
    public void Load_SplitFile_IsTheWholeModel()
    {
        using var desk = new ExportDesk(SharedData.Require("golden/architectures/qwen2"));
        var whole = desk.Write(ExportDesk.Settings("gguf", "F32"), "whole.gguf");
        var parts = Split(whole, desk);

        using var split = new ExportDesk(parts[0]);
        Assert.Equal(ExportDesk.Scores(desk), ExportDesk.Scores(split));
        using var joined = GgufFile.Open(split.Write(ExportDesk.Settings("gguf", "F32"), "joined.gguf"));
        Assert.DoesNotContain(joined.Metadata.Keys, key => key.StartsWith("split.", StringComparison.Ordinal));
        AssertRefused(parts[1], "is part 2 of 2 of a split model: give the first, 'part-00001-of-00002.gguf'");
        File.Move(parts[1], desk.Folder("away.gguf"));
        AssertRefused(parts[0], "is the first of 2 parts of a split model, and this one is not beside it: part-00002-of-00002.gguf");
        File.Move(parts[0], desk.Folder("other.gguf"));
        AssertRefused(desk.Folder("other.gguf"),
            "is part 1 of 2 of a split model, and its name is not as those of parts are (NAME-00001-of-00002.gguf)");
    }

    private static void AssertRefused(string path, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<LlmKickException>(() => GgufFile.Open(path)).Message, StringComparison.Ordinal);

    private static string[] Split(string whole, ExportDesk desk)
    {
        using var weights = (GgufWeights)WeightSource.Open(whole);
        string[] paths = [desk.Folder("part-00001-of-00002.gguf"), desk.Folder("part-00002-of-00002.gguf")];
        var tensors = weights.File.Tensors.Values.Select(tensor =>
            new GgufPlan(tensor.Name, tensor.Shape, tensor.Type, () => weights.Read(tensor.Name, ScalarType.Float32))).Chunk(20).ToList();
        for (var part = 0; part < 2; part++)
        {
            GgufPair[] own = [GgufPair.Of("split.no", (uint)part), GgufPair.Of("split.count", 2u),
                GgufPair.Of("split.tensors.count", weights.File.Tensors.Count)];
            var writer = new GgufWriter([.. own, .. part == 0 ? weights.File.Pairs : []], part == 0 ? tensors[0]
                : [.. tensors.Skip(1).SelectMany(chunk => chunk)]);
            using var stream = File.Create(paths[part]);
            writer.Write(stream, () => { });
        }
        return paths;
    }

    private static float[] Scores(ExportDesk desk, int[][] ids) =>
        [.. ids.SelectMany(row => ((RollingResponse)desk.Model.Answer(new RollingRequest(row))[0]).LogProbabilities)];
}
