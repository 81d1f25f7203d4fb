using System.Text;
using System.Text.Unicode;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;

namespace LlmKick.Commands;

/// <summary>Standard input as UTF-8, whatever the system's locale; a byte-order mark of UTF-8 is text. Other bytes are refused by their
/// line.</summary>
internal sealed class StandardInput(Stream stream)
{
    // Latin-1 gives each byte as a character, so that lines can be cut before they are known to be text.
    private readonly StreamReader bytes = new(stream, Encoding.Latin1, detectEncodingFromByteOrderMarks: false);
    private int lines;

    public static StandardInput Open() => new(Console.OpenStandardInput());

    public string ReadToEnd() => Whole(bytes.ReadToEnd());

    public async Task<string> ReadToEndAsync(CancellationToken cancellationToken) => Whole(await bytes.ReadToEndAsync(cancellationToken));

    public string? ReadLine() => Line(bytes.ReadLine());

    public async Task<string?> ReadLineAsync(CancellationToken cancellationToken) => Line(await bytes.ReadLineAsync(cancellationToken));

    private static string Whole(string read)
    {
        var bytes = Encoding.Latin1.GetBytes(read);
        var text = TextFile.Decode(bytes, "stdin");
        return bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? '\uFEFF' + text : text;
    }

    private string? Line(string? read)
    {
        if (read is null)
            return null;
        lines++;
        var line = Encoding.Latin1.GetBytes(read);
        if (TextFile.Fault(line) is { } fault)
            throw new LlmKickException($"stdin:{lines}: {fault.Reason}");
        return Utf8.IsValid(line) ? Encoding.UTF8.GetString(line)
            : throw new LlmKickException($"stdin:{lines}: this is UTF-16 or UTF-32; lines are read as UTF-8.");
    }
}
