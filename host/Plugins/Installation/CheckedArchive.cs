using System.IO.Compression;
using LlmKick.Sdk.Files;

namespace LlmKick.Plugins.Installation;

/// <summary>An archive none of whose entries leaves its folder, hides another, or unpacks to more than it may.</summary>
internal sealed class CheckedArchive : IDisposable
{
    // S_IFMT, S_IFREG and S_IFDIR of a file's mode: links and devices are none of these.
    private const int UnixTypeMask = 0xF000;
    private const int UnixFile = 0x8000;
    private const int UnixFolder = 0x4000;
    // A small package may well be of one repeated line: a ratio alone would refuse it, and this little fills no disk.
    private const long FreeBytes = 16L << 20;

    private readonly ZipArchive archive;
    private readonly Dictionary<string, ZipArchiveEntry> files = new(StringComparer.Ordinal);

    private CheckedArchive(ZipArchive archive) => this.archive = archive;

    /// <summary>The files' paths, with forward slashes.</summary>
    public IReadOnlyCollection<string> Files => files.Keys;

    /// <summary>Opens an archive.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="limits">What it may be at most.</param>
    /// <exception cref="PackageFaultException">It is no archive, or a hostile one; the message ends a sentence that names it.</exception>
    public static CheckedArchive Open(string path, ArchiveLimits limits)
    {
        try
        {
            var opened = new CheckedArchive(new ZipArchive(File.OpenRead(path), ZipArchiveMode.Read));
            try
            {
                opened.Check(new FileInfo(path).Length, limits);
                return opened;
            }
            catch
            {
                opened.Dispose();
                throw;
            }
        }
        catch (InvalidDataException failure)
        {
            throw new PackageFaultException("it is no zip archive, or a damaged one", failure);
        }
    }

    /// <summary>Unpacks one file; it appears whole or not at all.</summary>
    /// <exception cref="PackageFaultException">It is not as long as the archive says, or damaged.</exception>
    public void Unpack(string name, string target)
    {
        using var file = new AtomicFile(target);
        Copy(name, file.Stream);
        file.Commit();
    }

    /// <summary>Copies one file's content.</summary>
    /// <exception cref="PackageFaultException">It is not as long as the archive says, or damaged.</exception>
    public void Copy(string name, Stream target)
    {
        var entry = files[name];
        try
        {
            using var content = entry.Open();
            using var limited = new LimitedStream(target, entry.Length, $"its entry '{name}' is longer than it says");
            content.CopyTo(limited);
            if (limited.Written != entry.Length)
                throw new PackageFaultException($"its entry '{name}' is shorter than it says");
            if (limited.Checksum != entry.Crc32) // .NET cuts off what is beyond the stated length
                throw new PackageFaultException($"its entry '{name}' does not have the length or the checksum that it states");
        }
        catch (InvalidDataException failure)
        {
            throw new PackageFaultException($"its entry '{name}' is damaged", failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => archive.Dispose();

    private void Check(long length, ArchiveLimits limits)
    {
        if (archive.Entries.Count > limits.Files)
            throw new PackageFaultException($"it has {archive.Entries.Count} entries, and {limits.Files} are the limit");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in archive.Entries)
            Add(entry, EntryName.Check(entry.FullName), names);
        CheckFolders(names);
        var unpacked = archive.Entries.Sum(entry => (decimal)entry.Length);
        if (unpacked > limits.UnpackedBytes)
            throw new PackageFaultException($"it unpacks to {unpacked} bytes, and {limits.UnpackedBytes} are the limit");
        if (unpacked > Math.Max(FreeBytes, length * limits.Ratio))
            throw new PackageFaultException($"it unpacks to {unpacked} bytes, more than {limits.Ratio} times its own {length}");
    }

    private void Add(ZipArchiveEntry entry, string path, HashSet<string> names)
    {
        if ((entry.ExternalAttributes >> 16 & UnixTypeMask) is not (0 or UnixFile or UnixFolder))
            throw new PackageFaultException($"its entry '{path}' is a link or a device");
        if (!names.Add(EntryName.Key(path)))
            throw new PackageFaultException($"its entry '{path}' is there twice, perhaps in another case");
        if (!path.EndsWith('/'))
            files.Add(path, entry);
    }

    private void CheckFolders(HashSet<string> names)
    {
        var keys = files.Keys.Select(EntryName.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var name in names)
            for (var slash = name.LastIndexOf('/'); slash > 0; slash = name.LastIndexOf('/', slash - 1))
                if (keys.Contains(name[..slash]))
                    throw new PackageFaultException($"its entry '{name[..slash]}' is a file and a folder");
    }
}
