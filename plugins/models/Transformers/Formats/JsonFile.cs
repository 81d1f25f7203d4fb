using System.Text;
using System.Text.Json;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;

namespace LlmKick.Transformers.Formats;

/// <summary>A JSON object that lies beside a model's weights.</summary>
internal static class JsonFile
{
    // The largest known tokenizers have about 40 MB.
    private const long MostBytes = 1 << 27;

    /// <summary>Reads a file; the document is the caller's.</summary>
    public static JsonDocument Read(string path)
    {
        try
        {
            var document = Parse(Bytes(path));
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
            throw new LlmKickException($"'{path}' is not a JSON object.");
        }
        catch (JsonException e)
        {
            throw new LlmKickException($"'{path}' is not valid JSON. {e.Message}", e);
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            throw new LlmKickException($"'{path}' cannot be read: {FileFault.Reason(e)}.", e);
        }
    }

    /// <summary>As JSON says, or else as Python writes it.</summary>
    private static JsonDocument Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return StrictJson.Parse(bytes);
        }
        catch (JsonException) when (bytes.Span.IndexOf("Infinity"u8) >= 0 || bytes.Span.IndexOf("NaN"u8) >= 0)
        {
            return StrictJson.Parse(Encoding.UTF8.GetBytes(PythonNumbers.Quoted(Encoding.UTF8.GetString(bytes.Span))));
        }
    }

    /// <summary>A file's bytes, without the byte order mark that some editors put in front.</summary>
    private static ReadOnlyMemory<byte> Bytes(string path)
    {
        if (new FileInfo(path) is { Exists: true, Length: > MostBytes and var length })
            throw new LlmKickException($"'{path}' has {length} bytes, over the limit of {MostBytes} for a description of a model.");
        var bytes = File.ReadAllBytes(path);
        if (TextFile.Fault(bytes) is { } fault)
            throw new LlmKickException($"{path}:{fault.Line}: {fault.Reason}");
        return bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsMemory(Encoding.UTF8.Preamble.Length) : bytes;
    }
}
