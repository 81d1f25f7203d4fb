namespace LlmKick.Sdk.Testing;

/// <summary>A folder for a test's data, which goes when it is disposed.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>The folder's absolute path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("llmkick-").FullName;

    /// <summary>The path of a file in the folder; nothing is written.</summary>
    /// <param name="parts">Folders and the file's name.</param>
    public string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Writes a file, and makes its folder where there is none.</summary>
    /// <param name="name">The file's path in the folder.</param>
    /// <param name="content">Its text.</param>
    /// <returns>Its absolute path.</returns>
    public string Write(string name, string content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(File(name))!);
        System.IO.File.WriteAllText(File(name), content);
        return File(name);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
