using LlmKick.Sdk.Tensors;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Files;
using LlmKick.Transformers.Formats.Packing;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Export.Folders;

/// <summary>The layout "sparse-bitmask": a bit a weight, and the values that are not zero.</summary>
internal sealed class SparseBitmaskWriter() : CompressedTensorsWriter("sparse-bitmask",
    "A compressed-tensors folder with the values of pruned weights that are not zero, and a bit a weight.")
{
    public override bool Wants(LinearFacts linear) => linear.Encoding.IsPruned || linear.Encoding is QuantizedEncoding;

    public override string? Fault(LinearFacts linear) => linear.Encoding is QuantizedEncoding
        ? "is quantized, and the format holds floats alone" : null;

    public override ScalarType? ScaleType(ScalarType type) => null;

    public override IEnumerable<PlannedTensor> Plan(ModelTensor tensor, ScalarType type)
    {
        var (name, outputs, inputs) = (tensor.Linear!.Name, (int)tensor.Shape[0], (int)tensor.Shape[1]);
        Tensor Present() => tensor.Read(ScalarType.Float32).ne(Number.Of(0));
        yield return new PlannedTensor(name + ".compressed", SafetensorsDtype.Find(type)!, [tensor.Count - tensor.Linear.Forecast.Zeros],
            () => FloatTypes.Finite(tensor.Read(type), name, type).masked_select(Present()));
        yield return new PlannedTensor(name + ".bitmask", SafetensorsDtype.Find("U8")!, [outputs, Bitmask.RowBytes(inputs)],
            () => Pack(Present(), outputs, inputs).Mask);
        yield return new PlannedTensor(name + ".row_offsets", SafetensorsDtype.Find("I64")!, [outputs],
            () => Pack(Present(), outputs, inputs).Offsets);
        yield return PackedTensors.Shape(name + ".shape", tensor.Shape);
    }

    public override JsonObject Config(IReadOnlyList<LinearFacts> stored, IReadOnlyList<LinearFacts> dense)
    {
        var config = Section("dense", [], []);
        var patterns = stored.Select(linear => (linear.Encoding as PrunedEncoding)?.Pattern).Distinct().ToList();
        config["sparsity_config"] = new JsonObject
        {
            ["format"] = Format.Name,
            ["targets"] = new JsonArray("Linear"),
            ["ignore"] = new JsonArray(["lm_head", .. dense.Select(linear => (JsonNode)linear.Name)]),
            ["global_sparsity"] = stored.Sum(linear => (double)linear.Forecast.Zeros) / stored.Concat(dense)
                .Sum(linear => (double)linear.Outputs * linear.Inputs),
            ["sparsity_structure"] = patterns is ["2:4"] ? "2:4" : "unstructured",
        };
        return config;
    }

    private static (Tensor Mask, Tensor Offsets) Pack(Tensor present, int outputs, int inputs)
    {
        var (mask, offsets) = (empty([outputs, Bitmask.RowBytes(inputs)], ScalarType.Byte), empty([outputs], ScalarType.Int64));
        Bitmask.Pack(present.contiguous().bytes, outputs, inputs, mask.bytes, MemoryMarshal.Cast<byte, long>(offsets.bytes));
        return (mask, offsets);
    }
}
