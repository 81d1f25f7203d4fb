using LlmKick.Quantization;
using LlmKick.Sdk.Testing.Conformance;

namespace LlmKick.Tests.Conformance;

public sealed class Mxfp4Conformance : CompressorConformance<QuantizationPlugin>
{
    protected override string Name => "mxfp4";

    protected override IReadOnlyList<CompressorCase> Cases =>
    [
        new(new FloatOptions()),
    ];
}
