using System.Text.Json;
using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Files;
using LlmKick.Storage;

namespace LlmKick.Tests.Storage;

public sealed class StoredKindsTests
{
    public static TheoryData<LinearEncoding, string> Encodings => new()
    {
        { LinearEncoding.Dense, """{"kind":"dense"}""" },
        { new PrunedEncoding("2:4"), """{"kind":"pruned","pattern":"2:4"}""" },
        {
            new QuantizedEncoding
            {
                Format = CodeFormat.Integer, Bits = 8, Symmetric = true, BitsPerWeight = 8.0625, Pruned = new PrunedEncoding("2:4"),
                Activations = new ActivationScheme { Range = ActivationRange.Token },
            },
            """{"kind":"quantized","format":"integer","bits":8,"scale_bits":16,"group_size":null,"symmetric":true,"activations":{"bits":8,"range":"token","scale":null,"outlier_threshold":null},"pruned":{"pattern":"2:4"},"bits_per_weight":8.0625}"""
        },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Encoding_Stored_HasItsKindAndWhatCanBeSet(LinearEncoding encoding, string text)
    {
        Assert.Equal(text, JsonSerializer.Serialize(encoding, RunJson.Line));
        Assert.Equal(encoding, JsonSerializer.Deserialize<LinearEncoding>(text, RunJson.Line));
    }

    [Fact]
    public void Encoding_ValueOfAnotherKind_IsToldWithItsWholePlace()
    {
        const string text = """{"q_proj":{"kind":"pruned"},"k_proj":{"kind":"quantized","bits":"four"}}""";
        var fault = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Dictionary<string, LinearEncoding>>(text, RunJson.Line));
        Assert.Equal("'$.k_proj.bits' lacks something or has a value of another kind.", JsonFault.Explain(text, fault));
    }

    [Fact]
    public void Encoding_ThatNoPluginRegistered_IsRefusedBeforeItIsWritten() => Assert.Contains("AddEncoding<Unknown>(\"unknown\", …)",
        Assert.Throws<LlmKickException>(() => StoredKinds.Require(new Unknown())).Message, StringComparison.Ordinal);

    private sealed record Unknown : LinearEncoding
    {
        public override string Kind => "unknown";
    }
}
