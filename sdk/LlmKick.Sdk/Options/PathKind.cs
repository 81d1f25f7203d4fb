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
}
