namespace LlmKick.Sdk.Options;

/// <summary>What an option's path is of.</summary>
public enum PathKind
{
    /// <summary>A file or a folder.</summary>
    Any,

    /// <summary>A file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A file, or several: a folder, or a pattern such as <c>train-*.parquet</c>, whose files
    /// <see cref="Files.FileSet"/> gives.</summary>
    Files,
}
