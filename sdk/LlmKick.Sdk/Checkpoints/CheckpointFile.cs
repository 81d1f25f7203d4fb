namespace LlmKick.Sdk.Checkpoints;

/// <summary>A file that will be written.</summary>
/// <param name="Name">Its name in the folder, without folders of its own; that of a single file does not matter.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Write">Writes it to a stream, calling the action after each tensor: progress is told and cancellation seen there.</param>
public sealed record CheckpointFile(string Name, long Length, Action<Stream, Action> Write)
{
    /// <summary>A file whose content is at hand.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="content">Its bytes.</param>
    public static CheckpointFile Of(string name, byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return new(name, content.Length, (stream, _) => stream.Write(content));
    }

    /// <summary>What will be written, in memory: of a small file, to look into it.</summary>
    public byte[] Read()
    {
        using var stream = new MemoryStream();
        Write(stream, () => { });
        return stream.ToArray();
    }
}
