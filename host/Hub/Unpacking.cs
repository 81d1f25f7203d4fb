using System.Formats.Tar;
using System.IO.Compression;
using LlmKick.Plugins.Installation;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;
using LlmKick.Terminals;

namespace LlmKick.Hub;

/// <summary>Unpacks archives of data; nothing of one leaves its folder, leads elsewhere or fills the disk.</summary>
internal static class Unpacking
{
    private const int MostEntries = 1_000_000;
    private const long MostBytes = 256L << 30;
    private const int Ratio = 1000;
    // A small archive may well be of one repeated line.
    private const long FreeBytes = 64L << 20;

    /// <summary>Whether a name is that of an archive.</summary>
    public static bool Is(string name) => Kind(name) is not null;

    /// <summary>Unpacks an archive; the folder appears whole or not at all.</summary>
    /// <param name="archive">Its file.</param>
    /// <param name="name">Its name, whose ending says what it is.</param>
    /// <param name="inner">What is wanted of it; where it is one compressed file, the name that this gets.</param>
    /// <param name="folder">Where it goes.</param>
    /// <exception cref="LlmKickException">It is none, a damaged or a hostile one.</exception>
    public static void Unpack(string archive, string name, string inner, string folder)
    {
        using var target = new AtomicFolder(folder);
        var limit = Math.Min(MostBytes, Math.Max(FreeBytes, new FileInfo(archive).Length * Ratio));
        try
        {
            switch (Kind(name))
            {
                case ".zip":
                    UnpackZip(archive, target.Content, limit);
                    break;
                case ".tar":
                    using (var stream = File.OpenRead(archive))
                        UnpackTar(stream, target.Content, limit);
                    break;
                case ".tar.gz":
                    using (var stream = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress))
                        UnpackTar(stream, target.Content, limit);
                    break;
                case ".gz":
                    using (var stream = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress))
                        Copy(stream, Path.Combine(target.Content, inner), limit, inner);
                    break;
                default:
                    throw new PackageFaultException("its name does not end as that of an archive (.zip, .tar, .tar.gz, .tgz, .gz)");
            }
        }
        catch (Exception failure) when (failure is PackageFaultException or InvalidDataException or EndOfStreamException)
        {
            throw new LlmKickException($"'{name}' cannot be unpacked: "
                + $"{(failure is PackageFaultException ? failure.Message : "it is damaged, or no archive of its kind")}. Name another "
                + $"file, or leave '!{inner}' out if it is no archive.", failure);
        }
        target.Commit();
    }

    private static string? Kind(string name) => name.ToLowerInvariant() switch
    {
        var low when low.EndsWith(".zip", StringComparison.Ordinal) => ".zip",
        var low when low.EndsWith(".tar", StringComparison.Ordinal) => ".tar",
        var low when low.EndsWith(".tar.gz", StringComparison.Ordinal) || low.EndsWith(".tgz", StringComparison.Ordinal) => ".tar.gz",
        var low when low.EndsWith(".gz", StringComparison.Ordinal) => ".gz",
        _ => null,
    };

    private static void UnpackZip(string archive, string folder, long limit)
    {
        using var checkedArchive = CheckedArchive.Open(archive, new ArchiveLimits(long.MaxValue, MostEntries, limit, Ratio));
        foreach (var file in checkedArchive.Files)
            checkedArchive.Unpack(file, Path.Combine(folder, file));
    }

    private static void UnpackTar(Stream stream, string folder, long limit)
    {
        using var reader = new TarReader(stream);
        var (entries, left, names) = (0, limit, new HashSet<string>(StringComparer.Ordinal));
        while (reader.GetNextEntry() is { } entry)
        {
            if (++entries > MostEntries)
                throw new PackageFaultException($"it has more than {MostEntries} entries");
            var path = Trimmed(entry.Name);
            if (entry.EntryType is TarEntryType.Directory or TarEntryType.GlobalExtendedAttributes || path.Length == 0)
                continue;
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
                throw new PackageFaultException($"its entry '{entry.Name}' is a link or a device");
            if (SafePath.Fault(path) is { } fault)
                throw new PackageFaultException($"its entry '{entry.Name}' {fault}");
            if (!names.Add(SafePath.Key(path)) || SafePath.Folders(path).Any(names.Contains)
                || Directory.Exists(Path.Combine(folder, path)))
                throw new PackageFaultException($"its entry '{entry.Name}' is there twice, or a file and a folder");
            if (entry.Length > left)
                throw TooLarge(limit);
            left -= Copy(entry.DataStream ?? Stream.Null, Path.Combine(folder, path), left, path);
        }
        if (entries == 0)
            throw new PackageFaultException("it is empty, or no archive of its kind");
    }

    private static string Trimmed(string name)
    {
        var path = name.TrimEnd('/');
        while (path.StartsWith("./", StringComparison.Ordinal))
            path = path[2..];
        return path == "." ? "" : path;
    }

    private static long Copy(Stream source, string path, long limit, string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        var buffer = new byte[1 << 17];
        long total = 0;
        while (source.Read(buffer) is > 0 and var count)
        {
            if ((total += count) > limit)
                throw TooLarge(limit);
            target.Write(buffer, 0, count);
        }
        return total;
    }

    private static PackageFaultException TooLarge(long limit) =>
        new($"it unpacks to more than {ByteCount.OnDisk(limit)}, which no honest one does");
}
