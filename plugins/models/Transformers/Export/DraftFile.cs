namespace LlmKick.Transformers.Export;

/// <summary>A file that will be written.</summary>
/// <param name="Name">Its name in the folder; that of a single file does not matter.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Write">Writes it, telling after each tensor.</param>
internal sealed record DraftFile(string Name, long Length, Action<Stream, Action> Write)
{
    public static DraftFile Of(string name, byte[] content) => new(name, content.Length, (stream, _) => stream.Write(content));
}
