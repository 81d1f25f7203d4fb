using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace LlmKick.Tests;

/// <summary>Safetensors files with other headers, whose length is right, and with other data.</summary>
internal static class SafetensorsMutation
{
    private static readonly string[][] SameSize =
        [["U8", "I8", "BOOL", "F8_E4M3", "F8_E5M2"], ["F16", "BF16", "I16", "U16"], ["F32", "I32", "U32"], ["F64", "I64", "U64"]];

    /// <summary>Any value of the header.</summary>
    public static byte[] Header(byte[] valid, Random random) => Rewrite(valid, header => JsonMutation.ChangeOne(header, random));

    /// <summary>Another type of the same width, another shape of the same size, or another name: the header stays valid.</summary>
    public static byte[] Tensor(byte[] valid, Random random) => Rewrite(valid, header =>
    {
        var names = header.Select(pair => pair.Key).Where(name => name != "__metadata__").ToList();
        var name = names[random.Next(names.Count)];
        var tensor = header[name]!.AsObject();
        var shape = tensor["shape"]!.AsArray().Select(size => (long)size!).ToList();
        switch (random.Next(4))
        {
            case 0:
                var types = SameSize.First(row => row.Contains((string)tensor["dtype"]!));
                tensor["dtype"] = types[random.Next(types.Length)];
                break;
            case 1:
                shape.Reverse();
                tensor["shape"] = Shape(shape);
                break;
            case 2:
                tensor["shape"] = Shape(random.Next(2) == 0 ? [shape.Aggregate(1L, (a, b) => a * b)] : [.. shape.Prepend(1)]);
                break;
            default:
                header.Remove(name);
                header[random.Next(2) == 0 ? name + "x"
                    : names[random.Next(names.Count)].Replace(".0.", ".1.", StringComparison.Ordinal) + "_"] = tensor;
                break;
        }
    });

    /// <summary>Some bytes of the data.</summary>
    public static byte[] Data(byte[] valid, Random random)
    {
        var start = 8 + (int)BinaryPrimitives.ReadUInt64LittleEndian(valid);
        var mutant = valid.ToArray();
        for (var changes = 1 + random.Next(8); changes > 0; changes--)
            mutant[random.Next(start, mutant.Length)] = (byte)(random.Next(3) switch { 0 => 0xFF, 1 => 0x80, _ => random.Next(256) });
        return mutant;
    }

    /// <summary>Any bytes, most of them of the header; or a cut.</summary>
    public static byte[] Raw(byte[] valid, Random random) =>
        Mutation.Of(valid, 8 + (int)BinaryPrimitives.ReadUInt64LittleEndian(valid), random.Next());

    private static JsonArray Shape(IEnumerable<long> sizes) => new([.. sizes.Select(size => (JsonNode)size)]);

    /// <summary>A file with another header.</summary>
    public static byte[] Rewrite(byte[] valid, Action<JsonObject> change)
    {
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(valid);
        var header = JsonNode.Parse(valid.AsSpan(8, length))!.AsObject();
        change(header);
        var text = Encoding.UTF8.GetBytes(header.ToJsonString());
        return [.. BitConverter.GetBytes((ulong)text.Length), .. text, .. valid.AsSpan(8 + length)];
    }
}
