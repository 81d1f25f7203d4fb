using System.Buffers.Binary;
using System.Text;

namespace LlmKick.Tests.Runtime;

/// <summary>What a 64-bit ELF library asks of others: the versions in its <c>.gnu.version_r</c> section.</summary>
internal sealed class ElfFile(byte[] bytes)
{
    private const uint VersionNeeds = 0x6ffffffe; // SHT_GNU_verneed

    /// <summary>The versions asked for, such as <c>GLIBC_2.34</c>.</summary>
    public IReadOnlyList<string> NeededVersions => [.. Sections().Where(section => Word(section + 4) == VersionNeeds).SelectMany(Versions)];

    public static bool IsElf(string path)
    {
        using var stream = File.OpenRead(path);
        Span<byte> magic = stackalloc byte[4];
        return stream.ReadAtLeast(magic, 4, throwOnEndOfStream: false) == 4 && magic.SequenceEqual("\u007fELF"u8);
    }

    private IEnumerable<int> Sections()
    {
        var (table, size, count) = ((int)Long(0x28), Half(0x3A), Half(0x3C));
        return Enumerable.Range(0, count).Select(index => table + index * size);
    }

    private IEnumerable<string> Versions(int section)
    {
        var need = (int)Long(section + 0x18);
        var strings = (int)Long((int)Long(0x28) + (int)Word(section + 0x28) * Half(0x3A) + 0x18);
        for (var next = -1; next != 0; need += next)
        {
            var version = need + (int)Word(need + 8);
            for (var index = 0; index < Half(need + 2); index++, version += (int)Word(version + 12))
                yield return Text(strings + (int)Word(version + 8));
            next = (int)Word(need + 12);
        }
    }

    private string Text(int offset) => Encoding.ASCII.GetString(bytes, offset, Array.IndexOf(bytes, (byte)0, offset) - offset);

    private int Half(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(offset));

    private uint Word(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(offset));

    private long Long(int offset) => BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(offset));
}
