using System.Text;
using System.Text.Json;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;

namespace LlmKick.Tests.Files;

public sealed class StrangeFileTests
{
    private const string Pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:abab\nsize 393120\n";

    [Theory]
    [InlineData(Pointer, "a git-LFS pointer, which only stands for the file: run 'git lfs pull'")]
    [InlineData("<!DOCTYPE html><html>", "an HTML page")]
    [InlineData("\n  <html>", "an HTML page")]
    [InlineData("PK\u0003\u0004\0\0", "a ZIP archive")]
    [InlineData("\u001F\u008B\b\0", "compressed with gzip")]
    public void Explain_KnownBytes_SaysWhatAndHow(string bytes, string expected) =>
        Assert.StartsWith(expected, StrangeFile.Explain(Encoding.Latin1.GetBytes(bytes)), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("PK")]
    [InlineData("GGUF")]
    [InlineData("{\"version https://git-lfs.github.com/\":1}")]
    public void Explain_Others_IsNull(string bytes) => Assert.Null(StrangeFile.Explain(Encoding.Latin1.GetBytes(bytes)));

    [Theory]
    [InlineData(Pointer, "is not a valid safetensors file: it is a git-LFS pointer")]
    [InlineData("<!DOCTYPE html><html><head></head></html>", "is not a valid safetensors file: it is an HTML page")]
    [InlineData("PK\u0003\u0004\0\0\0\0\0\0\0\0", "is not a valid safetensors file: it is a ZIP archive")]
    public void Open_NoSafetensors_SaysWhatItIs(string content, string sentence)
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<LlmKickException>(() => SafetensorsFile.Open(folder.Write("model.safetensors", content)));
        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_PointerForJson_SaysSo() => Assert.StartsWith(
        "It is a git-LFS pointer", JsonFault.Explain(Pointer, Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(Pointer))),
        StringComparison.Ordinal);
}
