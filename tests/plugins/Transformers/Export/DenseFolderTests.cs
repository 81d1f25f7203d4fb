using LlmKick.Sdk.Tensors;
using System.Text.Json.Nodes;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Files;
using static TorchSharp.torch;

namespace LlmKick.Tests.Transformers.Export;

public sealed class DenseFolderTests
{
    private const string Shards = "golden/architectures/llama";

    [Fact]
    public void Write_UnchangedModel_HasTheBytesOfItsFiles()
    {
        var source = SharedData.Require(Shards);
        using var desk = new ExportDesk(source);

        var written = desk.Write(ExportDesk.Settings("hf-dense") with { ShardBytes = 135_000 });

        var names = Directory.EnumerateFiles(source, "*.safetensors").Select(Path.GetFileName).ToList();
        Assert.Equal(3, names.Count);
        Assert.All(names, name =>
            Assert.Equal(File.ReadAllBytes(Path.Combine(source, name!)), File.ReadAllBytes(Path.Combine(written, name!))));
        Assert.All(["config.json", "generation_config.json", "tokenizer_config.json", "tokenizer.json"],
            name => Assert.True(JsonNode.DeepEquals(Json(source, name), Json(written, name)), name));
        var (index, own) = (Json(written, "model.safetensors.index.json"), Json(source, "model.safetensors.index.json"));
        Assert.True(JsonNode.DeepEquals(own["weight_map"], index["weight_map"]));
        Assert.Equal((long)own["metadata"]!["total_size"]!, (long)index["metadata"]!["total_size"]!);
    }

    [Fact]
    public void Write_OneFile_HasNoIndexAndNoSecondCopyOfATiedHead()
    {
        using var desk = new ExportDesk(SharedData.Require("golden/architectures/llama-tied-mha"));
        var written = desk.Write(ExportDesk.Settings("hf-dense", "float32"), "out", out var result);

        Assert.Equal(["config.json", "generation_config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"],
            Directory.EnumerateFiles(written).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        using var file = SafetensorsFile.Open(Path.Combine(written, "model.safetensors"));
        Assert.DoesNotContain("lm_head.weight", file.Entries.Keys);
        Assert.Equal("pt", file.Metadata["format"]);
        Assert.Contains(result.Notes, note => note.Contains("bfloat16", StringComparison.Ordinal));
        Assert.Equal("float32", (string)Json(written, "config.json")["dtype"]!);
        using var again = new ExportDesk(written);
        Assert.All(desk.Linears.Zip(again.Linears), pair => Assert.True(pair.First.Weight.eq(pair.Second.Weight).all().item<bool>()));
    }

    [Fact]
    public void Write_ChangedModel_ComputesTheSameWhenItIsReadAgain()
    {
        using var desk = new ExportDesk(SharedData.Require(Shards));
        foreach (var linear in desk.Linears)
            Prune(linear);
        using var again = new ExportDesk(desk.Write(ExportDesk.Settings("hf-dense", "float32")));

        Assert.Equal(ExportDesk.Scores(desk), ExportDesk.Scores(again));
        Assert.All(again.Linears, linear =>
            Assert.InRange(linear.Weight.eq(Number.Of(0)).to_type(ScalarType.Float32).mean().item<float>(), 0.2, 0.9));
    }

    [Fact]
    public void Write_GgufSource_MakesConfigurationAndTokenizer()
    {
        var source = SharedData.Require(ModelUnderTest.SmolLm2);
        using var desk = new ExportDesk(source);
        var written = desk.Write(ExportDesk.Settings("hf-dense", "float16"));

        using var again = new ExportDesk(written);
        var (own, copy) = (desk.Model.Tokenizer!, again.Model.Tokenizer!);
        Assert.Equal(own.EndOfText.Order(), copy.EndOfText.Order());
        Assert.All(Golden.Json("golden/smollm2/tokens.json").EnumerateArray(),
            row => Assert.Equal(row.GetProperty("ids").Ints(), copy.Encode(row.GetProperty("text").GetString()!)));
        Assert.Contains("<|im_start|>", (string)Json(written, "tokenizer_config.json")["chat_template"]!, StringComparison.Ordinal);
        Assert.All(desk.Linears.Zip(again.Linears), pair => Assert.True(pair.First.Weight.to_type(ScalarType.Float16)
            .eq(pair.Second.Weight.to_type(ScalarType.Float16)).all().item<bool>()));
    }

    [Fact]
    public void Write_ValuesBeyondHalves_IsRefusedAndLeavesNothing()
    {
        using var desk = new ExportDesk(SharedData.Require(Shards));
        var linear = desk.Linears.First();
        linear.Replace(linear.Weight * Number.Of(1e6), LinearEncoding.Dense);
        var fault = Assert.Throws<LlmKick.Sdk.LlmKickException>(() => desk.Write(ExportDesk.Settings("hf-dense", "float16"), "inner/out"));
        Assert.Contains("too large for float16", fault.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(desk.Folder("inner")));
    }

    [Fact]
    public void Write_NumbersThatPythonWrites_StayAsTheyAre()
    {
        using var folder = new TemporaryFolder();
        var source = new TinyCheckpoint { Config =
            { ["time_step_limit"] = "LIMIT", ["other"] = new JsonObject { ["__float__"] = "Infinity" } } }.Write(folder.File("model"));
        var config = Path.Combine(source, "config.json");
        File.WriteAllText(config, File.ReadAllText(config)
            .Replace("\"LIMIT\"", "[0.0, Infinity, -Infinity, NaN]", StringComparison.Ordinal));
        using var desk = new ExportDesk(source);
        var written = File.ReadAllText(Path.Combine(desk.Write(ExportDesk.Settings("hf-dense")), "config.json")).ReplaceLineEndings("")
            .Replace(" ", "", StringComparison.Ordinal);
        Assert.Contains("\"time_step_limit\":[0.0,Infinity,-Infinity,NaN]", written, StringComparison.Ordinal);
        Assert.Contains("\"other\":{\"__float__\":\"Infinity\"}", written, StringComparison.Ordinal);
    }

    private static void Prune(Linear linear)
    {
        using var scope = NewDisposeScope();
        linear.Replace(linear.Weight.masked_fill(linear.Weight.abs().lt(linear.Weight.abs().mean()), Number.Of(0)),
            new PrunedEncoding(null));
    }

    private static JsonNode Json(string folder, string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(folder, name)))!;
}
