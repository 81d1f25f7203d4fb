using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Configuration;

namespace LlmKick.Transformers.Formats.Quantization;

/// <summary>How a group of linears rounds its inputs.</summary>
internal sealed record CompressedTensorsInputs(int Bits, ActivationRange Range)
{
    private const string Scale = "input_scale";

    public string Description => $"inputs of {Bits} bits, one scale {(Range == ActivationRange.Token ? "a token" : "for all tokens")}";

    /// <summary>Null where linears cannot be computed that way here.</summary>
    public static CompressedTensorsInputs? Read(ConfigFields inputs)
    {
        var bits = inputs.Need(inputs.Size("num_bits"), "num_bits");
        if ((inputs.Text("type") ?? "int") != "int" || inputs.Flag("symmetric") == false || bits is < 2 or > 8)
            return null;
        return (inputs.Text("strategy") ?? "tensor", inputs.Flag("dynamic") ?? false) switch
        {
            ("token", true) => new CompressedTensorsInputs(bits, ActivationRange.Token),
            ("tensor", false) => new CompressedTensorsInputs(bits, ActivationRange.Tensor),
            _ => null,
        };
    }

    /// <summary>The same for one linear, with its own scale.</summary>
    public ActivationScheme Scheme(PackedParts parts) =>
        new() { Bits = Bits, Range = Range, Scale = Range == ActivationRange.Tensor ? StaticScale(parts) : null };

    private static double StaticScale(PackedParts parts)
    {
        var values = parts.Scales(Scale).Values;
        if (values.numel() != 1)
            throw parts.Fault(Scale, $"has {values.numel()} values, not one");
        var scale = values.view(1)[0].item<float>();
        return float.IsFinite(scale) && scale > 0 ? scale : throw parts.Fault(Scale, "holds no number above 0");
    }
}
