using System.Buffers.Binary;
using System.Text;
using LlmKick.Sdk;

namespace LlmKick.Transformers.Tokenization.Normalizing;

/// <summary>
/// SentencePiece's precompiled normalization: texts with what they become, found through a double array of packed 32-bit units
/// (offset in bits 10 to 30, label in bits 0 to 7, a leaf in bit 8, a large offset in bit 9, a value in place of a label in bit 31).
/// </summary>
internal sealed class Charsmap
{
    private readonly uint[] _units;
    private readonly byte[] _texts;
    private readonly Func<string, LlmKickException> _fault;

    private Charsmap(uint[] units, byte[] texts, Func<string, LlmKickException> fault) => (_units, _texts, _fault) = (units, texts, fault);

    public static Charsmap? Read(ReadOnlySpan<byte> bytes, Func<string, LlmKickException> fault)
    {
        if (bytes.IsEmpty)
            return null;
        if (bytes.Length < sizeof(uint) || BinaryPrimitives.ReadUInt32LittleEndian(bytes) is var size
            && (size % sizeof(uint) != 0 || size == 0 || size > bytes.Length - sizeof(uint)))
            throw fault("its precompiled normalization is cut or damaged");
        var units = new uint[size / sizeof(uint)];
        for (var i = 0; i < units.Length; i++)
            units[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(sizeof(uint) * (i + 1))..]);
        return new Charsmap(units, bytes[(sizeof(uint) + (int)size)..].ToArray(), fault);
    }

    /// <summary>Finds what a text begins with.</summary>
    /// <param name="text">A text in UTF-8.</param>
    /// <param name="longest">Whether the longest entry is meant; else the shortest.</param>
    /// <param name="length">Bytes of the entry.</param>
    /// <returns>What it becomes; null where there is none.</returns>
    public string? Find(ReadOnlySpan<byte> text, bool longest, out int length)
    {
        length = 0;
        var (at, found) = (Offset(Unit(0)), -1);
        for (var i = 0; i < text.Length && (found < 0 || longest); i++)
        {
            at ^= text[i];
            if (text[i] == 0 || at >= (uint)_units.Length || (_units[at] & 0x800000FF) != text[i])
                break;
            var unit = _units[at];
            at ^= Offset(unit);
            if ((unit >> 8 & 1) != 0)
                (found, length) = ((int)(Unit(at) & 0x7FFFFFFF), i + 1);
        }
        return found < 0 ? null : Text(found);
    }

    private uint Unit(uint at) => at < (uint)_units.Length ? _units[at] : throw _fault("its precompiled normalization is damaged");

    private static uint Offset(uint unit) => (unit >> 10) << (int)((unit & (1u << 9)) >> 6);

    private string Text(int start)
    {
        var end = start < _texts.Length ? Array.IndexOf(_texts, (byte)0, start) : -1;
        return end < 0 ? throw _fault("its precompiled normalization is damaged")
            : Encoding.UTF8.GetString(_texts.AsSpan(start, end - start));
    }
}
