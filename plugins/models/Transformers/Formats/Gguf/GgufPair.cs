using System.Text;

namespace LlmKick.Transformers.Formats.Gguf;

/// <summary>A metadata pair as it is written.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Bytes">Key, type and value.</param>
internal sealed record GgufPair(string Key, byte[] Bytes)
{
    /// <summary>A pair of a value whose .NET type says the type in the file: texts, 32-bit numbers, flags, and lists of texts, integers,
    /// floats and bytes.</summary>
    public static GgufPair Of(string key, object value)
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        Write(writer, key);
        writer.Write((uint)TypeOf(value));
        Write(writer, value);
        return new GgufPair(key, memory.ToArray());
    }

    private static GgufValueType TypeOf(object value) => value switch
    {
        string => GgufValueType.String,
        uint => GgufValueType.UInt32,
        int => GgufValueType.Int32,
        float => GgufValueType.Float32,
        bool => GgufValueType.Bool,
        byte => GgufValueType.UInt8,
        Array => GgufValueType.Array,
        _ => throw new ArgumentException($"{value.GetType()} has no type in GGUF files.", nameof(value)),
    };

    private static void Write(BinaryWriter writer, object value)
    {
        switch (value)
        {
            case string text:
                writer.Write((ulong)Encoding.UTF8.GetByteCount(text));
                writer.Write(Encoding.UTF8.GetBytes(text));
                break;
            case uint number:
                writer.Write(number);
                break;
            case int number:
                writer.Write(number);
                break;
            case float number:
                writer.Write(number);
                break;
            case byte number:
                writer.Write(number);
                break;
            case bool flag:
                writer.Write(flag);
                break;
            case Array list:
                writer.Write((uint)TypeOf(list.GetValue(0)!));
                writer.Write((ulong)list.Length);
                foreach (var item in list)
                    Write(writer, item);
                break;
        }
    }
}
