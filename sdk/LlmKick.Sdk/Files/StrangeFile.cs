using System.Text;

namespace LlmKick.Sdk.Files;

/// <summary>Knows by its first bytes what often lies where a file of a model or data was wanted.</summary>
public static class StrangeFile
{
    // Signatures, the first line of a Git LFS pointer and the head of a web page stand in so much.
    internal const int Start = 128;

    /// <summary>What a file is and what to do, such as <c>an HTML page …: download the file again</c>; null where it is nothing of the
    /// kind.</summary>
    /// <param name="bytes">Its first bytes; 128 are enough.</param>
    public static string? Explain(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, Start)]).TrimStart('\u00EF', '\u00BB', '\u00BF').TrimStart();
        if (text.StartsWith("version https://git-lfs.github.com/", StringComparison.Ordinal))
            return "a git-LFS pointer, which only stands for the file: run 'git lfs pull' in its folder, or download the file itself";
        if (text.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase))
            return "an HTML page, such as a server's error: download the file again";
        if (bytes.StartsWith("PK\u0003\u0004"u8))
            return "a ZIP archive: unpack it";
        return bytes.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) ? "compressed with gzip: unpack it" : null;
    }

    /// <summary>The same of a file on disk.</summary>
    /// <param name="path">An existing file.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string? Explain(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> bytes = stackalloc byte[Start];
        return Explain(bytes[..file.ReadAtLeast(bytes, Start, throwOnEndOfStream: false)]);
    }
}
