namespace LlmKick.Hub;

/// <summary>A file of a repository, as the hub lists it.</summary>
/// <param name="Path">Its path, with forward slashes.</param>
/// <param name="Size">Bytes.</param>
/// <param name="BlobId">The hash that git has for it: of a large file, for what stands in its place.</param>
/// <param name="Sha256">SHA-256 of a large file's content, or null.</param>
/// <param name="XetHash">What another way to store it calls it, or null.</param>
internal sealed record HubFile(string Path, long Size, string BlobId, string? Sha256 = null, string? XetHash = null)
{
    /// <summary>What its content is called in the cache.</summary>
    public string Blob => Sha256 ?? BlobId;
}
