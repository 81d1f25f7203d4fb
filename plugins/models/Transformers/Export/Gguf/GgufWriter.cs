using System.Globalization;
using System.Text;
using LlmKick.Sdk;
using LlmKick.Transformers.Formats.Gguf;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Export.Gguf;

/// <summary>Writes GGUF version 3: header, metadata, tensor rows, then each tensor as blocks.</summary>
internal sealed class GgufWriter(IReadOnlyList<GgufPair> pairs, IReadOnlyList<GgufPlan> tensors)
{
    // The specification's default, so that files need not name it.
    private const int Alignment = 32;
    // 16 MB of float32, whatever the tensor's size.
    private const int PartElements = 1 << 22;

    private readonly byte[] _header = Header(pairs, tensors);

    public long Length => Padded(_header.Length) + tensors.Sum(tensor => Padded(tensor.Length));

    public void Write(Stream stream, Action written)
    {
        stream.Write(_header);
        Pad(stream, _header.Length);
        foreach (var tensor in tensors)
        {
            foreach (var part in tensor.Parts)
                Write(stream, part);
            Pad(stream, tensor.Length);
            written();
        }
    }

    private static void Write(Stream stream, GgufPlan plan)
    {
        using var scope = NewDisposeScope();
        if (plan.IsPacked)
        {
            stream.Write(plan.Read().contiguous().bytes);
            return;
        }
        var rows = plan.Read().to_type(ScalarType.Float32).cpu().contiguous().view(-1, plan.Shape[^1]);
        var partRows = Math.Max(1, PartElements / plan.Shape[^1]);
        for (long first = 0; first < rows.shape[0]; first += partRows)
        {
            using var part = rows.narrow(0, first, Math.Min(partRows, rows.shape[0] - first));
            stream.Write(RowEncoder.Encode(part, plan.Type) ?? throw Unfit(part, plan));
        }
    }

    private static LlmKickException Unfit(Tensor rows, GgufPlan plan) => new(rows.isfinite().all().item<bool>()
        ? $"'{plan.Name}' has values of up to {rows.abs().max().item<float>().ToString("g3", CultureInfo.InvariantCulture)}, which "
            + $"{plan.Type.Name} cannot hold: they would be infinite or NaN. Write it as BF16 or F32."
        : $"'{plan.Name}' has values that are NaN or infinite, and is not written.");

    private static byte[] Header(IReadOnlyList<GgufPair> pairs, IReadOnlyList<GgufPlan> tensors)
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        writer.Write("GGUF"u8);
        writer.Write(3u);
        writer.Write((ulong)tensors.Count);
        writer.Write((ulong)pairs.Count);
        foreach (var pair in pairs)
            writer.Write(pair.Bytes);
        ulong offset = 0;
        foreach (var tensor in tensors)
        {
            WriteRow(writer, tensor, offset);
            offset += (ulong)Padded(tensor.Length);
        }
        return memory.ToArray();
    }

    private static void WriteRow(BinaryWriter writer, GgufPlan tensor, ulong offset)
    {
        var name = Encoding.UTF8.GetBytes(tensor.Name);
        writer.Write((ulong)name.Length);
        writer.Write(name);
        writer.Write((uint)tensor.Shape.Length);
        foreach (var size in tensor.Shape.Reverse())
            writer.Write((ulong)size);
        writer.Write(tensor.Type.Id);
        writer.Write(offset);
    }

    private static long Padded(long length) => (length + Alignment - 1) / Alignment * Alignment;

    private static void Pad(Stream stream, long length) => stream.Write(new byte[Padded(length) - length]);
}
