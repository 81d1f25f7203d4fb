namespace LlmKick.Plugins.Installation;

/// <summary>What a package may be at most. A plugin with its dependencies is a few megabytes; more than this is no honest
/// package.</summary>
/// <param name="Bytes">Bytes of the package's file.</param>
/// <param name="Files">Entries in it.</param>
/// <param name="UnpackedBytes">Bytes of all its files.</param>
/// <param name="Ratio">Unpacked bytes for one of the package's file; text rarely exceeds 20.</param>
internal sealed record ArchiveLimits(long Bytes = 512L << 20, int Files = 10_000, long UnpackedBytes = 2L << 30, int Ratio = 200)
{
    /// <summary>The usual limits.</summary>
    public static ArchiveLimits Default { get; } = new();
}
