using LlmKick.Sdk;

namespace LlmKick.Transformers.Formats.Gguf;

/// <summary>Reads one metadata value: integers as <see cref="long"/> or <see cref="ulong"/>, floats as <see cref="double"/>, arrays as
/// typed arrays.</summary>
internal static class GgufValueReader
{
    private const int LeastStringBytes = sizeof(ulong);

    public static object Read(GgufCursor cursor, string what)
    {
        var type = (GgufValueType)cursor.Read<uint>(what);
        return type == GgufValueType.Array ? ReadArray(cursor, what) : ReadScalar(cursor, type, what);
    }

    private static object ReadScalar(GgufCursor cursor, GgufValueType type, string what) => type switch
    {
        GgufValueType.UInt8 => (long)cursor.Read<byte>(what),
        GgufValueType.Int8 => (long)cursor.Read<sbyte>(what),
        GgufValueType.UInt16 => (long)cursor.Read<ushort>(what),
        GgufValueType.Int16 => (long)cursor.Read<short>(what),
        GgufValueType.UInt32 => (long)cursor.Read<uint>(what),
        GgufValueType.Int32 => (long)cursor.Read<int>(what),
        GgufValueType.UInt64 => cursor.Read<ulong>(what),
        GgufValueType.Int64 => cursor.Read<long>(what),
        GgufValueType.Float32 => (double)cursor.Read<float>(what),
        GgufValueType.Float64 => cursor.Read<double>(what),
        GgufValueType.Bool => cursor.Read<byte>(what) != 0,
        GgufValueType.String => cursor.ReadString(what),
        _ => throw UnknownType(cursor, type, what),
    };

    private static Array ReadArray(GgufCursor cursor, string what)
    {
        var type = (GgufValueType)cursor.Read<uint>(what);
        var count = cursor.ReadCount(type == GgufValueType.String ? LeastStringBytes : 1, $"the length of {what}");
        return type switch
        {
            GgufValueType.UInt8 => cursor.ReadArray<byte>(count, what),
            GgufValueType.Bool => Array.ConvertAll(cursor.ReadArray<byte>(count, what), flag => flag != 0),
            GgufValueType.Int8 => cursor.ReadArray<sbyte>(count, what),
            GgufValueType.UInt16 => cursor.ReadArray<ushort>(count, what),
            GgufValueType.Int16 => cursor.ReadArray<short>(count, what),
            GgufValueType.UInt32 => cursor.ReadArray<uint>(count, what),
            GgufValueType.Int32 => cursor.ReadArray<int>(count, what),
            GgufValueType.UInt64 => cursor.ReadArray<ulong>(count, what),
            GgufValueType.Int64 => cursor.ReadArray<long>(count, what),
            GgufValueType.Float32 => cursor.ReadArray<float>(count, what),
            GgufValueType.Float64 => cursor.ReadArray<double>(count, what),
            GgufValueType.String => ReadStrings(cursor, count, what),
            GgufValueType.Array => throw cursor.Fault($"{what} is a list of lists, which no model needs"),
            _ => throw UnknownType(cursor, type, what),
        };
    }

    private static string[] ReadStrings(GgufCursor cursor, int count, string what)
    {
        var values = new string[count];
        for (var i = 0; i < count; i++)
            values[i] = cursor.ReadString(what);
        return values;
    }

    private static LlmKickException UnknownType(GgufCursor cursor, GgufValueType type, string what) =>
        cursor.Fault($"{what} has the unknown type {(uint)type}");
}
