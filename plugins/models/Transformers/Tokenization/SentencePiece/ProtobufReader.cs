using System.Buffers.Binary;
using System.Text;
using LlmKick.Sdk;

namespace LlmKick.Transformers.Tokenization.SentencePiece;

/// <summary>Goes through the fields of a message in protocol buffers' encoding.</summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> bytes, Func<string, LlmKickException> fault)
{
    // Wire types.
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Bytes = 2;
    private const int Fixed32 = 5;
    private const int MostVarintBits = 63;

    private ReadOnlySpan<byte> _rest = bytes;
    private ulong _number;
    private ReadOnlySpan<byte> _content;

    /// <summary>Goes to the next field; 0 at the end.</summary>
    public int Next()
    {
        if (_rest.IsEmpty)
            return 0;
        var tag = ReadVarint();
        _number = 0;
        _content = default;
        switch ((int)(tag & 7))
        {
            case Varint:
                _number = ReadVarint();
                break;
            case Fixed64:
                _number = BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));
                break;
            case Bytes:
                _content = Take(ReadVarint());
                break;
            case Fixed32:
                _number = BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));
                break;
            default:
                throw fault("it is no SentencePiece model, or damaged");
        }
        return tag >> 3 is > 0 and <= int.MaxValue ? (int)(tag >> 3) : throw fault("it is no SentencePiece model, or damaged");
    }

    public readonly int Integer => unchecked((int)_number);

    public readonly bool Flag => _number != 0;

    public readonly float Single => BitConverter.UInt32BitsToSingle((uint)_number);

    public readonly ReadOnlySpan<byte> Content => _content;

    public readonly string Text => Encoding.UTF8.GetString(_content);

    private ulong ReadVarint()
    {
        var value = 0UL;
        for (var shift = 0; shift <= MostVarintBits; shift += 7)
        {
            var part = Take(1)[0];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }
        throw fault("it is no SentencePiece model, or damaged");
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)_rest.Length)
            throw fault("it is no SentencePiece model, or cut off");
        var taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }
}
