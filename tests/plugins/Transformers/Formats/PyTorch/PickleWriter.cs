using System.Text;
using TorchSharp;

namespace LlmKick.Tests.Transformers.Formats.PyTorch;

/// <summary>Writes pickles instruction by instruction, as Python's pickle and torch.save do (protocol 2).</summary>
internal sealed class PickleWriter
{
    private readonly MemoryStream _bytes = Start();

    public byte[] ToArray() => [.. _bytes.ToArray(), (byte)'.'];

    public PickleWriter Raw(params ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    public PickleWriter Op(char op) => Raw((byte)op);

    public PickleWriter Global(string module, string name) => Raw(Encoding.UTF8.GetBytes($"c{module}\n{name}\n"));

    public PickleWriter Text(string text) =>
        Raw([(byte)'X', .. BitConverter.GetBytes(Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)]);

    public PickleWriter Number(long number) => number is >= 0 and < 256 ? Raw((byte)'K', (byte)number)
        : Raw([0x8A, 8, .. BitConverter.GetBytes(number)]);

    public PickleWriter Numbers(params ReadOnlySpan<long> numbers)
    {
        Op('(');
        foreach (var number in numbers)
            Number(number);
        return Op('t');
    }

    public PickleWriter EmptyOrderedDict() => Global("collections", "OrderedDict").Op(')').Op('R');

    public PickleWriter Storage(string type, string key, long count) =>
        Op('(').Text("storage").Global("torch", type).Text(key).Text("cpu").Number(count).Op('t').Op('Q');

    /// <summary>A tensor as a view of a storage.</summary>
    public PickleWriter Tensor(string type, string key, long count, long offset, long[] shape, long[] strides) =>
        Global("torch._utils", "_rebuild_tensor_v2").Op('(')
        .Storage(type, key, count).Number(offset).Numbers(shape).Numbers(strides).Raw(0x89).EmptyOrderedDict().Op('t').Op('R');

    /// <summary>A contiguous tensor that has a storage for itself.</summary>
    public PickleWriter Whole(torch.Tensor tensor, string key) =>
        Tensor(StorageType(tensor.dtype), key, tensor.numel(), 0, tensor.shape, tensor.stride());

    private static string StorageType(torch.ScalarType type) => type switch
    {
        torch.ScalarType.Float16 => "HalfStorage",
        torch.ScalarType.BFloat16 => "BFloat16Storage",
        torch.ScalarType.Int32 => "IntStorage",
        torch.ScalarType.Int64 => "LongStorage",
        _ => "FloatStorage",
    };

    private static MemoryStream Start()
    {
        var stream = new MemoryStream();
        stream.Write([0x80, 2]);
        return stream;
    }
}
