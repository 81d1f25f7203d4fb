using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;

namespace LlmKick.Transformers.Formats.Gguf;

/// <summary>Reads the header front to back; no length is believed before it is held against what is left of the file.</summary>
internal sealed class GgufCursor(MappedFile file)
{
    public long Position { get; private set; }

    public long Remaining => file.Length - Position;

    public T Read<T>(string what) where T : unmanaged => MemoryMarshal.Read<T>(Take(Unsafe.SizeOf<T>(), what));

    public T[] ReadArray<T>(int count, string what) where T : unmanaged
    {
        var bytes = Take((long)count * Unsafe.SizeOf<T>(), what);
        var values = new T[count];
        bytes.CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    public string ReadString(string what, int limit = int.MaxValue)
    {
        var length = Read<ulong>(what);
        if (length > (ulong)limit && length <= (ulong)Remaining)
            throw Fault($"{what} has {length} bytes, over the limit of {limit}");
        var bytes = Take(length > long.MaxValue ? long.MaxValue : (long)length, what);
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : throw Fault($"{what} is not UTF-8");
    }

    /// <summary>A count of things of which each takes at least some bytes.</summary>
    public int ReadCount(int leastBytes, string what)
    {
        var count = Read<ulong>(what);
        return count <= (ulong)(Remaining / leastBytes) && count <= int.MaxValue
            ? (int)count
            : throw Fault($"{what} is {count}, more than the rest of the file can hold; it may be cut short");
    }

    public LlmKickException Fault(string what) => new($"'{file.Path}' is not a valid GGUF file: {what}.{DamagedFile.Advice}");

    /// <summary>A file that is whole but of a kind that is not read; what is said tells what to do.</summary>
    public LlmKickException Refusal(string what) => new($"'{file.Path}' is not a valid GGUF file: {what}.");

    private ReadOnlySpan<byte> Take(long count, string what)
    {
        if (count > Remaining)
            throw Fault($"it ends inside {what}; it may be cut short");
        if (count > int.MaxValue)
            throw Fault($"{what} has {count} bytes, which is too long");
        var span = file.Span(Position, (int)count);
        Position += count;
        return span;
    }
}
