using System.Text.Json;
using LlmKick.Sdk.Files;
using LlmKick.Transformers.Formats.Sources;
using TorchSharp;

namespace LlmKick.Tests.Transformers.Formats;

/// <summary>Folders of several safetensors files with an index.</summary>
public sealed class ShardTests : IDisposable
{
    private const string First = "model-1.safetensors";
    private const string Second = "model-2.safetensors";

    private readonly TemporaryFolder folder = new();

    public ShardTests()
    {
        Shard(First, "a", "b");
        Shard(Second, "c");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Open_Shards_FindsEveryTensor()
    {
        Index(("a", First), ("b", First), ("c", Second));
        using var weights = WeightSource.Open(folder.Path);

        Assert.Equal(["a", "b", "c"], weights.Names.Order());
        using var tensor = weights.Read("c", torch.ScalarType.Float32);
        Assert.Equal([1, 1], tensor.data<float>().ToArray());
    }

    [Theory]
    [InlineData("gone.safetensors", "lacks the shard 'gone.safetensors' that its index names")]
    [InlineData("../model-1.safetensors", "gives no file name for tensor 'c'")]
    [InlineData("/etc/passwd", "gives no file name for tensor 'c'")]
    [InlineData("sub/model-2.safetensors", "gives no file name for tensor 'c'")]
    [InlineData("..", "gives no file name for tensor 'c'")]
    [InlineData("", "gives no file name for tensor 'c'")]
    [InlineData("a\0b", "lacks the shard 'a\\u0000b'")]
    [InlineData(First, "has no tensor 'c', which the index of")]
    [InlineData("model.safetensors.index.json", "is not a valid safetensors file")]
    public void Open_WrongShardName_SaysWhatIsWrong(string shard, string sentence)
    {
        Index(("a", First), ("c", shard));
        AssertRefused(sentence);
    }

    [Theory]
    [InlineData("", "is not valid JSON")]
    [InlineData("[]", "is not a JSON object")]
    [InlineData("{}", "has no 'weight_map'")]
    [InlineData("""{"weight_map":[]}""", "has no 'weight_map'")]
    [InlineData("""{"weight_map":{"a":1}}""", "gives no file name for tensor 'a'")]
    [InlineData("""{"weight_map":{"a":"model-1.safetensors","a":"model-2.safetensors"}}""", "the key 'a' stands twice in one object")]
    [InlineData("""{"weight_map":{"a":"\ud800"}}""", "half a surrogate pair")]
    public void Open_WrongIndex_SaysWhatIsWrong(string index, string sentence)
    {
        folder.Write("model.safetensors.index.json", index);
        AssertRefused(sentence);
    }

    [Fact]
    public void Open_DamagedShard_NamesTheShard()
    {
        Index(("a", First), ("c", Second));
        folder.Write(Second, "no tensors");
        AssertRefused($"{Second}' is not a valid safetensors file");
    }

    [Fact]
    public void Open_MutatedIndex_SucceedsOrSaysOneSentence()
    {
        Index(("a", First), ("b", First), ("c", Second));
        var path = folder.File("model.safetensors.index.json");
        var valid = File.ReadAllBytes(path);
        Hostile.Fuzz(valid, valid.Length, 1500, bytes =>
        {
            File.WriteAllBytes(path, bytes);
            WeightSource.Open(folder.Path).Dispose();
        });
    }

    private void Shard(string file, params string[] names)
    {
        using var scope = torch.NewDisposeScope();
        SafetensorsWriter.Write(folder.File(file), names.ToDictionary(name => name, _ => torch.ones(2)));
    }

    private void Index(params (string Tensor, string File)[] rows) => folder.Write(
        "model.safetensors.index.json",
        JsonSerializer.Serialize(new { weight_map = rows.ToDictionary(row => row.Tensor, row => row.File) }));

    private void AssertRefused(string sentence)
    {
        var message = Hostile.Read(() => WeightSource.Open(folder.Path).Dispose(), sentence);
        Assert.NotNull(message);
        Assert.Contains(sentence, message, StringComparison.Ordinal);
    }
}
