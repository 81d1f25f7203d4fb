using System.Runtime.InteropServices;
using System.Text.Json;
using LlmKick.Sdk.Checkpoints;
using LlmKick.Sdk.Testing;
using Xunit;

namespace Contoso.Plugin_1.Tests;

public sealed class PlainFileTests
{
    [Fact]
    public void Write_ThenReadBack_HasTheValues()
    {
        using var folder = new TemporaryFolder();
        using var model = new TinyLlama();
        using var shown = new TinyCheckpointModel(model);
        var path = folder.File("model.plain");

        new PlainFile().Write(shown, new CheckpointSettings { Format = "contoso-plugin" }, path, null, CancellationToken.None);

        var content = File.ReadAllBytes(path);
        var end = Array.IndexOf(content, (byte)'\n');
        var header = JsonDocument.Parse(content.AsMemory(0, end)).RootElement;
        Assert.Equal("llama", header.GetProperty("config").GetProperty("model_type").GetString());
        Assert.Equal("model.embed_tokens.weight", header.GetProperty("tensors")[0].GetProperty("name").GetString());
        var embedding = model.Embedding.data<float>().ToArray();
        Assert.Equal(embedding, MemoryMarshal.Cast<byte, float>(content.AsSpan(end + 1))[..embedding.Length].ToArray());
    }
}
