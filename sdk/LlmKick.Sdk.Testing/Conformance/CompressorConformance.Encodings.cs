using System.Text.Json;
using LlmKick.Sdk.Compression;

namespace LlmKick.Sdk.Testing.Conformance;

/// <content>Ways of a plugin's own to store linears.</content>
public abstract partial class CompressorConformance<TPlugin>
{
    private static readonly JsonSerializerOptions Stored = new() { IgnoreReadOnlyProperties = true };

    /// <summary>An encoding of the plugin's own is registered, and what can be set of it is stored: a run that goes on decodes the same
    /// weights.</summary>
    [Fact]
    public void Compress_OwnEncodings_AreRegisteredAndStored() => Each([TorchSharp.torch.ScalarType.Float32], (_, method, model) =>
    {
        Compress(method, model);
        var own = model.Linears.Select(linear => linear.Encoding)
            .Where(encoding => encoding.GetType().Assembly != typeof(LinearEncoding).Assembly).Distinct();
        foreach (var encoding in own)
        {
            var type = encoding.GetType();
            Assert.True(RecordingRegistry.Of<TPlugin>().Any(offered => offered.Kind == ComponentKind.Encoding
                && offered.Name == encoding.Kind && Equals(offered.Create(offered), type)),
                $"Linears are stored as '{encoding.Kind}', which is not registered: add registry.AddEncoding<{type.Name}>("
                    + $"\"{encoding.Kind}\", …) to the plugin.");
            var again = JsonSerializer.Deserialize(JsonSerializer.Serialize(encoding, type, Stored), type, Stored);
            Assert.True(Equals(encoding, again), $"{encoding} comes back as {again} from JSON: give everything that can be set of it a "
                + "property with init, of a type that JSON knows.");
        }
    });
}
