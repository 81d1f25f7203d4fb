using System.Globalization;
using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Formats.Packing;
using LlmKick.Transformers.Formats.Weights;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Formats.Quantization;

/// <summary>Linears as AWQ's tools store them, laid out for their matrix product ("gemm").</summary>
internal sealed class AwqFormat(ITensorFiles files, AwqSettings settings) : IPackedFormat
{
    private const int Bits = 4;
    private static readonly string[] Words = ["I32"];

    public string Description => string.Create(CultureInfo.InvariantCulture,
        $"AWQ, {Bits} bits, {(settings.GroupSize is { } size ? $"groups of {size}" : "one scale a row")}, asymmetric");

    public IReadOnlyList<string> Markers { get; } = ["qweight"];

    public IReadOnlyList<string> Parts { get; } = ["qweight", "qzeros", "scales"];

    public string Dtype(string module) => "int4";

    public IReadOnlyList<long> Shape(string module)
    {
        var (inputs, words) = new PackedParts(files, module).Matrix("qweight", Words);
        return [words * AwqPacking.PerWord, inputs];
    }

    public QuantizedWeight Quantized(string module)
    {
        using var scope = NewDisposeScope();
        var (parts, size) = (new PackedParts(files, module), PackedSize.Of(Shape(module), files, module));
        var (scales, scaleBits) = GroupScales.Read(parts, size, settings.GroupSize);
        var groups = (int)scales.shape[1];
        parts.Require("qzeros", Words, groups, size.Outputs / AwqPacking.PerWord);
        var encoding = new QuantizedEncoding { Format = CodeFormat.Integer, Bits = Bits, GroupSize = settings.GroupSize,
            ScaleBits = scaleBits };
        var weight = new QuantizedWeight(encoding, Unpack(parts, "qweight", size.Outputs, size.Inputs), scales,
            Unpack(parts, "qzeros", size.Outputs, groups));
        scope.MoveToOuter(weight.Parts.Values);
        return weight;
    }

    private static Tensor Unpack(PackedParts parts, string part, int outputs, int inputs)
    {
        var codes = empty([outputs, inputs], ScalarType.Byte);
        AwqPacking.Unpack(PackedParts.Elements<int>(parts.Read(part)), outputs, inputs, codes.bytes);
        return codes;
    }
}
