using System.Text.Json;

namespace LlmKick.Sdk.Files;

/// <summary>Reads and checks one tensor's row of the header.</summary>
internal static class SafetensorsEntryReader
{
    public static SafetensorsEntry Read(JsonProperty property, long dataStart, long dataLength, Func<string, LlmKickException> fault)
    {
        var name = property.Name;
        if (property.Value.ValueKind != JsonValueKind.Object)
            throw fault($"tensor '{name}' is not described by an object");
        var dtype = Dtype(property.Value, out var dtypeName) ?? throw fault(
            $"tensor '{name}' has the dtype '{dtypeName}', which is not known; known: "
                + $"{string.Join(", ", SafetensorsDtype.All.Select(type => type.Name))}");
        var shape = Numbers(property.Value, "shape") ?? throw fault($"tensor '{name}' has no valid shape");
        if (Numbers(property.Value, "data_offsets") is not [var begin, var end] || begin > end)
            throw fault($"tensor '{name}' has no valid data_offsets");
        if (end > dataLength)
            throw fault($"tensor '{name}' ends at byte {end} of the data, which has {dataLength}; the file may be cut short");
        if (BitCount(shape, dtype.Bits) != (UInt128)(ulong)(end - begin) * 8)
            throw fault(
                $"tensor '{name}' has {end - begin} bytes, which does not fit its shape [{string.Join(", ", shape)}] in {dtype.Name}");
        return new SafetensorsEntry(name, dtype, shape, dataStart + begin, end - begin);
    }

    private static SafetensorsDtype? Dtype(JsonElement row, out string? name)
    {
        name = row.TryGetProperty("dtype", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return SafetensorsDtype.Find(name);
    }

    private static long[]? Numbers(JsonElement row, string key)
    {
        if (!row.TryGetProperty(key, out var list) || list.ValueKind != JsonValueKind.Array)
            return null;
        var numbers = new long[list.GetArrayLength()];
        var i = 0;
        foreach (var item in list.EnumerateArray())
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out numbers[i++]) || numbers[i - 1] < 0)
                return null;
        return numbers;
    }

    /// <summary>The product, or the largest value where it would overflow: no file is that long. Torch multiplies the other sizes of an
    /// empty tensor too.</summary>
    private static UInt128 BitCount(long[] shape, int size)
    {
        UInt128 bits = (uint)size;
        foreach (var dimension in shape)
        {
            bits *= (ulong)Math.Max(dimension, 1);
            if (bits > long.MaxValue)
                return UInt128.MaxValue;
        }
        return shape.Contains(0) ? 0 : bits;
    }
}
