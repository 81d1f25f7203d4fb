using System.Globalization;
using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Formats.Packing;
using LlmKick.Transformers.Formats.Weights;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Formats.Quantization;

/// <summary>Linears as GPTQ's tools store them.</summary>
internal sealed class GptqFormat(ITensorFiles files, GptqSettings settings) : IPackedFormat
{
    private static readonly string[] Words = ["I32"];

    public string Description => string.Create(CultureInfo.InvariantCulture,
        $"GPTQ, {settings.Bits} bits, {(settings.GroupSize > 0 ? $"groups of {settings.GroupSize}" : "one scale a row")}, "
            + $"{(settings.Symmetric ? "symmetric" : "asymmetric")}");

    public IReadOnlyList<string> Markers { get; } = ["qweight"];

    public IReadOnlyList<string> Parts { get; } = ["qweight", "qzeros", "scales", "g_idx"];

    public string Dtype(string module) => $"int{settings.BitsOf(module)}";

    public IReadOnlyList<long> Shape(string module)
    {
        var parts = new PackedParts(files, module);
        var (bits, (rows, outputs)) = (settings.BitsOf(module), parts.Matrix("qweight", Words));
        return rows * 32 % bits == 0 ? [outputs, rows * 32 / bits]
            : throw parts.Fault("qweight", $"has {rows} rows, which do not hold whole codes of {bits} bits");
    }

    public QuantizedWeight Quantized(string module)
    {
        using var scope = NewDisposeScope();
        var (parts, bits, size) = (new PackedParts(files, module), settings.BitsOf(module), PackedSize.Of(Shape(module), files, module));
        var (scales, scaleBits) = GroupScales.Read(parts, size, settings.GroupSizeOf(module));
        var groups = (int)scales.shape[1];
        var codes = empty([size.Outputs, size.Inputs], ScalarType.Byte);
        GptqPacking.UnpackCodes(PackedParts.Elements<int>(parts.Read("qweight")), size.Outputs, size.Inputs, bits, codes.bytes);
        var zeros = Zeros(parts, size.Outputs, groups, bits);
        var encoding = new QuantizedEncoding
        {
            Format = CodeFormat.Integer, Bits = bits, GroupSize = settings.GroupSizeOf(module), Symmetric = zeros is null,
            ScaleBits = scaleBits,
        };
        var weight = new QuantizedWeight(encoding, codes, scales, zeros,
            ColumnGroups(parts, size.Inputs, groups, encoding.GroupSize ?? size.Inputs));
        scope.MoveToOuter(weight.Parts.Values);
        return weight;
    }

    /// <summary>uint8 [outputs, groups]; null where all are the middle code.</summary>
    private Tensor? Zeros(PackedParts parts, int outputs, int groups, int bits)
    {
        if ((long)outputs * bits % 32 != 0)
            throw parts.Fault("qweight", $"has {outputs} columns, whose zeros of {bits} bits do not fill whole words");
        parts.Require("qzeros", Words, groups, outputs * bits / 32);
        var words = PackedParts.Elements<int>(parts.Read("qzeros"));
        if (settings.Symmetric && SymmetricGptqZeros.AreMiddle(words, outputs, groups, bits))
            return null;
        var zeros = empty([outputs, groups], ScalarType.Byte);
        GptqPacking.UnpackZeros(words, outputs, groups, bits, settings.Version2, zeros.bytes);
        return zeros.bytes.ContainsAnyExcept((byte)(1 << bits - 1)) ? zeros : null;
    }

    /// <summary>int64 [inputs]; null where groups are consecutive inputs.</summary>
    private static Tensor? ColumnGroups(PackedParts parts, int inputs, int groups, int groupSize)
    {
        if (!parts.Has("g_idx"))
            return null;
        parts.Require("g_idx", Words, inputs);
        var indices = PackedParts.Elements<int>(parts.Read("g_idx"));
        var plain = true;
        for (var i = 0; i < indices.Length; i++)
        {
            if (indices[i] < 0 || indices[i] >= groups)
                throw parts.Fault("g_idx", $"names the group {indices[i]} of {groups}");
            plain &= indices[i] == i / groupSize;
        }
        return plain ? null : tensor(indices.ToArray()).to_type(ScalarType.Int64);
    }
}
