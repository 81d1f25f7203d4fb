using LlmKick.Transformers.Formats.Blocks;

namespace LlmKick.Transformers.Formats.Gguf;

/// <summary>Reads the tensor rows of the header and checks that their data lies inside the file without overlaps.</summary>
internal sealed class GgufTensorReader(GgufCursor cursor, long alignment, long fileLength)
{
    /// <summary>Name length, dimension count, one dimension, type and offset.</summary>
    public const int LeastBytes = 32;

    // ggml's GGML_MAX_NAME and GGML_MAX_DIMS.
    private const int NameLimit = 64;
    private const int MostDimensions = 4;

    private readonly Dictionary<string, GgufTensor> _tensors = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, GgufTensor> Read(int count)
    {
        var rows = new List<GgufTensor>();
        for (var i = 0; i < count; i++)
            rows.Add(ReadRow());
        var dataStart = (cursor.Position + alignment - 1) / alignment * alignment;
        foreach (var row in rows)
            Place(row, dataStart);
        CheckOverlaps();
        return _tensors;
    }

    /// <summary>A row whose offset still counts from the start of the data.</summary>
    private GgufTensor ReadRow()
    {
        var name = cursor.ReadString("a tensor name", NameLimit);
        var shape = ReadShape(name);
        var id = cursor.Read<uint>($"the type of tensor '{name}'");
        var type = BlockTypes.Find(id) ?? throw cursor
            .Refusal($"tensor '{name}' has type {BlockTypes.Describe(id)}, which is not supported; supported are {BlockTypes.Supported}");
        if (shape[^1] % type.Elements != 0)
            throw cursor
                .Fault($"tensor '{name}' has rows of {shape[^1]} values, which are no whole blocks of {type.Elements} ({type.Name})");
        var offset = cursor.Read<ulong>($"the offset of tensor '{name}'");
        if (offset % (ulong)alignment != 0)
            throw cursor.Fault($"tensor '{name}' is at offset {offset}, which is no multiple of the alignment {alignment}");
        return new GgufTensor(name, type, shape, offset > (ulong)fileLength ? fileLength : (long)offset, ByteCount(name, shape, type));
    }

    private long[] ReadShape(string name)
    {
        var count = cursor.Read<uint>($"the number of dimensions of tensor '{name}'");
        if (count is 0 or > MostDimensions)
            throw cursor.Fault($"tensor '{name}' has {count} dimensions, not 1 to {MostDimensions}");
        var shape = cursor.ReadArray<long>((int)count, $"the shape of tensor '{name}'");
        if (shape.Any(dimension => dimension <= 0))
            throw cursor.Fault($"tensor '{name}' has a dimension that is not positive");
        Array.Reverse(shape);
        return shape;
    }

    private long ByteCount(string name, long[] shape, BlockType type)
    {
        try
        {
            var elements = shape.Aggregate(1L, (product, dimension) => checked(product * dimension));
            return checked(elements / type.Elements * type.Bytes);
        }
        catch (OverflowException)
        {
            throw cursor.Fault($"tensor '{name}' of shape [{string.Join(", ", shape)}] is larger than any file");
        }
    }

    private void Place(GgufTensor row, long dataStart)
    {
        if (row.Length > fileLength - dataStart - row.Offset)
            throw cursor.Fault($"tensor '{row.Name}' lies outside the file's {fileLength} bytes; the file may be cut short");
        if (!_tensors.TryAdd(row.Name, row with { Offset = dataStart + row.Offset }))
            throw cursor.Fault($"tensor '{row.Name}' is listed twice");
    }

    private void CheckOverlaps()
    {
        GgufTensor? last = null;
        foreach (var tensor in _tensors.Values.OrderBy(tensor => tensor.Offset))
        {
            if (last is not null && tensor.Offset < last.Offset + last.Length)
                throw cursor.Fault($"tensors '{last.Name}' and '{tensor.Name}' overlap");
            last = tensor;
        }
    }
}
