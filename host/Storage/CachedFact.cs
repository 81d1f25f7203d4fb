using System.Text.Json.Nodes;

namespace LlmKick.Storage;

/// <summary>Something worked out of files, good for as long as they are the same.</summary>
/// <param name="Files">The files as they were.</param>
/// <param name="Value">What was worked out.</param>
internal sealed record CachedFact(IReadOnlyList<FileStamp> Files, JsonNode Value)
{
    /// <summary>Whether every file is as it was.</summary>
    public bool IsCurrent => Files.All(file => FileStamp.Of(file.Path) == file);
}
