using System.Text.Json;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Files;
using LlmKick.Storage;

namespace LlmKick.Tests.Storage;

public sealed class EncodingConverterTests
{
    [Fact]
    public void Read_ValueOfAnotherKind_IsToldWithItsWholePlace()
    {
        const string text = """{"q_proj":{"kind":"pruned"},"k_proj":{"kind":"quantized","bits":"four"}}""";
        var fault = Assert.Throws<JsonException>(() =>
            JsonSerializer.Deserialize<Dictionary<string, LinearEncoding>>(text, RunJson.Line));
        Assert.Equal("'$.k_proj.bits' lacks something or has a value of another kind.", JsonFault.Explain(text, fault));
    }
}
