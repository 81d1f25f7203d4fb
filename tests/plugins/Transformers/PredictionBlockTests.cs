using LlmKick.Sdk;
using LlmKick.Sdk.Files;
using LlmKick.Sdk.Models;
using TorchSharp;

namespace LlmKick.Tests.Transformers;

/// <summary>Blocks of prediction heads that released checkpoints have behind the model's own.</summary>
public sealed class PredictionBlockTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Load_BlockOfAPredictionHead_IsNamedAndNotRead()
    {
        await using var model = LoadedModel.Load(Write("model.layers.3.eh_proj.weight"), DataType.Float32);
        Assert.Contains(model.Description.Notes!, note => note.StartsWith("1 tensor is not read:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("model.layers.4.eh_proj.weight")]
    [InlineData("model.layers.-1.eh_proj.weight")]
    public void Load_BlockBeyondThem_IsRefused(string name) => Assert.Contains($"holds the tensor '{name}'",
        Assert.Throws<LlmKickException>(() => LoadedModel.Load(Write(name), DataType.Float32)).Message, StringComparison.Ordinal);

    /// <summary>GLM 4.5's tiny checkpoint, of three blocks and one of a prediction head by its configuration, with a tensor more.</summary>
    private string Write(string name)
    {
        var golden = SharedData.Require("golden/architectures/glm4_moe");
        foreach (var file in Directory.EnumerateFiles(golden).Where(file => !file.EndsWith(".safetensors", StringComparison.Ordinal)))
            File.Copy(file, folder.File(Path.GetFileName(file)), overwrite: true);
        using var source = SafetensorsFile.Open(Path.Combine(golden, "model.safetensors"));
        var tensors = source.Entries.Values.Select(entry => new PlannedTensor(entry.Name, entry.Dtype, entry.Shape,
            () => source.Read(entry.Name))).Append(new PlannedTensor(name, SafetensorsDtype.Find(torch.ScalarType.Float32)!, [2, 2],
            () => torch.ones(2, 2))).ToList();
        using var stream = File.Create(folder.File("model.safetensors"));
        SafetensorsWriter.WriteTo(stream, tensors, null, () => { });
        return folder.Path;
    }
}
