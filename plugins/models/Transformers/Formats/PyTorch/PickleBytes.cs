using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using LlmKick.Sdk;

namespace LlmKick.Transformers.Formats.PyTorch;

/// <summary>Reads a pickle front to back.</summary>
internal sealed class PickleBytes(string path, byte[] bytes)
{
    // A module's or class's; a line without end is no pickle of weights.
    private const int LongestName = 200;

    private int _position;

    public byte Byte() => Take(1)[0];

    public uint Number32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    public ushort Number16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(ushort)));

    public ulong Number64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

    public double Float() => BinaryPrimitives.ReadDoubleBigEndian(Take(sizeof(double)));

    /// <summary>A signed number of some bytes.</summary>
    public long Long(int count)
    {
        if (count > sizeof(long))
            throw Fault($"it has a whole number of {count} bytes");
        var number = Take(count);
        var value = count > 0 && number[^1] > 127 ? -1L : 0;
        for (var i = count - 1; i >= 0; i--)
            value = value << 8 | number[i];
        return value;
    }

    public string Text(ulong length)
    {
        var text = Take(length);
        return Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : throw Fault("it has a text that is not UTF-8");
    }

    /// <summary>A text up to the end of its line.</summary>
    public string Line()
    {
        var rest = bytes.AsSpan(_position);
        var end = rest[..Math.Min(rest.Length, LongestName)].IndexOf((byte)'\n');
        if (end < 0)
            throw Fault("it has a name without an end");
        var text = Text((ulong)end);
        _position++;
        return text;
    }

    public void Skip(ulong count) => Take(count);

    public LlmKickException Fault(string what) => new($"'{path}' is not a valid PyTorch checkpoint: {what}.{DamagedFile.Advice}");

    /// <summary>The refusal of something that could run code.</summary>
    public LlmKickException Refusal(string name) =>
        new($"'{path}' asks for {name}: refused, since checkpoints are to hold tensors and nothing else; use one in safetensors.");

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)(bytes.Length - _position))
            throw Fault("its list of tensors ends too early; it may be cut short");
        var span = bytes.AsSpan(_position, (int)count);
        _position += (int)count;
        return span;
    }

    private ReadOnlySpan<byte> Take(int count) => Take((ulong)count);
}
