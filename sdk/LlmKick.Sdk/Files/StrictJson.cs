using System.Text.Json;
using System.Text.Unicode;

namespace LlmKick.Sdk.Files;

/// <summary>JSON from files that may be damaged or hostile: what is accepted can be read to its end without a failure.</summary>
public static class StrictJson
{
    // System.Text.Json's own.
    private const int Depth = 64;

    /// <summary>Parses a document and refuses what would be ambiguous or would fail on first use: broken UTF-8 or UTF-16, and keys given
    /// twice.</summary>
    /// <param name="utf8">The text; it must not change while the document is in use.</param>
    /// <param name="depth">Most levels of nesting.</param>
    /// <returns>The document, owned by the caller.</returns>
    /// <exception cref="JsonException">The text is not such JSON; the message is one sentence that says why.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> utf8, int depth = Depth)
    {
        if (!Utf8.IsValid(utf8.Span))
            throw new JsonException("It is not UTF-8.");
        try
        {
            CheckEscapes(utf8.Span, depth);
            return JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = depth, AllowDuplicateProperties = false });
        }
        catch (JsonException fault)
        {
            throw new JsonException(JsonFault.Explain(utf8.Span, fault), fault);
        }
    }

    // A half of a surrogate pair can be written as an escape, and a string with it cannot be read.
    private static void CheckEscapes(ReadOnlySpan<byte> utf8, int depth)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = depth });
        while (reader.Read())
            if (reader.ValueIsEscaped && !IsReadable(ref reader))
                throw new JsonException("It has a text with half a surrogate pair.");
    }

    private static bool IsReadable(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
