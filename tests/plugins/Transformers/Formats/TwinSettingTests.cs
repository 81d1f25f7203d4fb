using System.Text.Json.Nodes;
using LlmKick.Sdk;

namespace LlmKick.Tests.Transformers.Formats;

/// <summary>A setting that stands in a configuration under two names.</summary>
public sealed class TwinSettingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Load_BothSayTheSame_IsRead() => Load(8);

    [Fact]
    public void Load_TheyDiffer_IsRefusedByName() =>
        Assert.Contains("num_local_experts", Assert.Throws<LlmKickException>(() => Load(9)).Message, StringComparison.Ordinal);

    private void Load(int other)
    {
        var golden = SharedData.Require("golden/architectures/qwen3_moe");
        foreach (var file in Directory.GetFiles(golden))
            File.Copy(file, folder.File(Path.GetFileName(file)));
        var path = folder.File("config.json");
        var config = JsonNode.Parse(File.ReadAllText(path))!;
        config["num_experts"] = other;
        File.WriteAllText(path, config.ToJsonString());
        using var model = ModelUnderTest.LoadFolder(folder.Path);
    }
}
