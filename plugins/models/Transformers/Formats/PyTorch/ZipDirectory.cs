using System.Buffers.Binary;
using System.Text;
using LlmKick.Sdk.Files;

namespace LlmKick.Transformers.Formats.PyTorch;

/// <summary>Where the entries of a zip archive lie in its file. PyTorch stores them as they are, so that they can be read in
/// place.</summary>
internal sealed class ZipDirectory
{
    private const uint EndSignature = 0x06054B50;
    private const uint End64Signature = 0x06064B50;
    private const uint Locator64Signature = 0x07064B50;
    private const uint EntrySignature = 0x02014B50;
    private const uint LocalSignature = 0x04034B50;
    private const int EndLength = 22;
    private const int LocatorLength = 20;
    private const int End64Length = 56;
    private const int EntryLength = 46;
    private const int LocalLength = 30;
    private const int LongestComment = ushort.MaxValue;

    private readonly MappedFile _file;
    private readonly Dictionary<string, ZipEntry> _entries = new(StringComparer.Ordinal);

    private ZipDirectory(MappedFile file) => _file = file;

    public static IReadOnlyDictionary<string, ZipEntry> Read(MappedFile file)
    {
        var directory = new ZipDirectory(file);
        directory.ReadEntries(directory.FindDirectory());
        return directory._entries;
    }

    /// <summary>Where the list of entries begins, its length, and how many there are.</summary>
    private (long Start, long Length, long Count) FindDirectory()
    {
        var end = FindEnd();
        var record = Take(end, EndLength);
        if (end >= LocatorLength && Number32(Take(end - LocatorLength, LocatorLength), 0) == Locator64Signature)
            return FindDirectory64((long)BinaryPrimitives.ReadUInt64LittleEndian(Take(end - LocatorLength, LocatorLength)[8..]));
        return (Number32(record, 16), Number32(record, 12), Number16(record, 10));
    }

    private (long Start, long Length, long Count) FindDirectory64(long offset)
    {
        var record = Take(offset, End64Length);
        return Number32(record, 0) == End64Signature
            ? (Number64(record, 48), Number64(record, 40), Number64(record, 32))
            : throw Fault("the record of its directory is damaged");
    }

    private long FindEnd()
    {
        for (var end = _file.Length - EndLength; end >= Math.Max(0, _file.Length - EndLength - LongestComment); end--)
            if (Number32(Take(end, EndLength), 0) == EndSignature)
                return end;
        throw Fault("it has no directory at its end; it may be cut short");
    }

    private void ReadEntries((long Start, long Length, long Count) directory)
    {
        if (directory.Count < 0 || directory.Length < 0 || directory.Count > directory.Length / EntryLength || directory.Start < 0
            || directory.Start > _file.Length - directory.Length)
            throw Fault("its directory lies outside the file; it may be cut short");
        var position = directory.Start;
        for (long i = 0; i < directory.Count; i++)
            position += ReadEntry(position);
    }

    /// <summary>Reads one entry and gives the length of its row.</summary>
    private long ReadEntry(long position)
    {
        var row = Take(position, EntryLength);
        if (Number32(row, 0) != EntrySignature)
            throw Fault("its directory is damaged");
        var (nameLength, extraLength) = (Number16(row, 28), Number16(row, 30));
        var name = Encoding.UTF8.GetString(Take(position + EntryLength, nameLength));
        if (Number16(row, 10) != 0)
            throw Fault($"its entry '{name}' is compressed, which PyTorch does not do");
        var (length, offset) =
            ZipExtra.Sizes(Take(position + EntryLength + nameLength, extraLength), Number32(row, 24), Number32(row, 20), Number32(row, 42));
        if (!_entries.TryAdd(name, Locate(name, offset, length)))
            throw Fault($"its entry '{name}' is there twice");
        return EntryLength + nameLength + extraLength + Number16(row, 32);
    }

    private ZipEntry Locate(string name, long offset, long length)
    {
        var local = Take(offset, LocalLength);
        if (Number32(local, 0) != LocalSignature)
            throw Fault($"its entry '{name}' is not where the directory says");
        var start = offset + LocalLength + Number16(local, 26) + Number16(local, 28);
        return length >= 0 && start <= _file.Length - length
            ? new ZipEntry(start, length)
            : throw Fault($"its entry '{name}' lies outside the file; it may be cut short");
    }

    private ReadOnlySpan<byte> Take(long offset, int count) => offset >= 0 && offset <= _file.Length - count
        ? _file.Span(offset, count)
        : throw Fault("its directory points outside the file; it may be cut short");

    private static uint Number32(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);

    private static ushort Number16(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[offset..]);

    private static long Number64(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadInt64LittleEndian(bytes[offset..]);

    private Sdk.LlmKickException Fault(string what) =>
        new($"'{_file.Path}' is not a valid PyTorch checkpoint: {what}.{DamagedFile.Advice}");
}

/// <summary>A stored entry: bytes from the file's start, and how many.</summary>
internal readonly record struct ZipEntry(long Start, long Length);
