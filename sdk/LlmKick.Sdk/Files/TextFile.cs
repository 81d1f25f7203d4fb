using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace LlmKick.Sdk.Files;

/// <summary>Reads the texts that people give: UTF-8, or UTF-16 and UTF-32 with a byte-order mark. Other bytes are refused by their line,
/// never replaced.</summary>
public static class TextFile
{
    // UTF-32's mark begins with UTF-16's.
    private static readonly Encoding[] Marked = [new UTF8Encoding(true, true), new UTF32Encoding(false, true, true),
        new UTF32Encoding(true, true, true), new UnicodeEncoding(false, true, true), new UnicodeEncoding(true, true, true)];

    /// <summary>Reads a file; a byte-order mark is not part of the text.</summary>
    /// <param name="path">An existing file.</param>
    /// <exception cref="LlmKickException">The file is in another encoding.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string Read(string path) => Decode(File.ReadAllBytes(path), path);

    /// <summary>The same without holding a thread while the disk works.</summary>
    /// <param name="path">An existing file.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="LlmKickException">The file is in another encoding.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<string> ReadAsync(string path, CancellationToken cancellationToken) =>
        Decode(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false), path);

    /// <summary>A text's lines without their ends, which are LF, CR LF or CR.</summary>
    /// <param name="text">The text.</param>
    public static IEnumerable<string> Lines(string text)
    {
        using var reader = new StringReader(text);
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    /// <summary>Bytes as a text.</summary>
    /// <param name="bytes">All of them.</param>
    /// <param name="name">What they are called in messages: a path, mostly.</param>
    /// <exception cref="LlmKickException">They are in another encoding.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes, string name)
    {
        if (Fault(bytes) is { } fault)
            throw new LlmKickException($"{name}:{fault.Line}: {fault.Reason}");
        foreach (var encoding in Marked)
            if (bytes.StartsWith(encoding.Preamble))
                return encoding.GetString(bytes[encoding.Preamble.Length..]);
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>What keeps bytes from being a text, and in which line (from 1); null where nothing does.</summary>
    /// <param name="bytes">All of them.</param>
    public static (int Line, string Reason)? Fault(ReadOnlySpan<byte> bytes)
    {
        foreach (var encoding in Marked.AsSpan(1))
            if (bytes.StartsWith(encoding.Preamble))
                return MarkedFault(encoding, bytes[encoding.Preamble.Length..]);
        var line = 1;
        for (var rest = bytes; ; line++)
        {
            var end = rest.IndexOf((byte)'\n');
            if (Reason(end < 0 ? rest : rest[..end]) is { } reason)
                return (line, reason);
            if (end < 0)
                return null;
            rest = rest[(end + 1)..];
        }
    }

    private static string? Reason(ReadOnlySpan<byte> line)
    {
        if (IsUtf16(line))
            return "every second byte is zero here, as in UTF-16, and no byte-order mark says so. Save it as UTF-8.";
        return Utf8.IsValid(line) ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"the byte 0x{line[ValidLength(line)]:X2} is no UTF-8 here: the file may be Latin-1 or Windows-1252. Save it as UTF-8.");
    }

    /// <summary>Whether bytes are what UTF-16 makes of Latin letters; a single zero is a character like others.</summary>
    private static bool IsUtf16(ReadOnlySpan<byte> line)
    {
        if (line.Length < 4 || !line.Contains((byte)0))
            return false;
        var zeros = new int[2];
        for (var i = 0; i < line.Length; i++)
            zeros[i % 2] += line[i] == 0 ? 1 : 0;
        return zeros.Min() == 0 && 4 * zeros.Max() >= line.Length;
    }

    private static int ValidLength(ReadOnlySpan<byte> line)
    {
        Span<char> characters = new char[line.Length];
        Utf8.ToUtf16(line, characters, out var read, out _, replaceInvalidSequences: false);
        return read;
    }

    private static (int Line, string Reason)? MarkedFault(Encoding encoding, ReadOnlySpan<byte> content)
    {
        try
        {
            _ = encoding.GetCharCount(content);
            return null;
        }
        catch (DecoderFallbackException exception)
        {
            var before = encoding.GetString(content[..Math.Max(0, exception.Index)]);
            return (before.Count(character => character == '\n') + 1,
                $"this is no {encoding.EncodingName}, which the file's byte-order mark promises: it may be cut short. Save it as UTF-8.");
        }
    }
}
