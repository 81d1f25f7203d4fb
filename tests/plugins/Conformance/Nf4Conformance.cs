using LlmKick.Quantization;
using LlmKick.Sdk.Testing.Conformance;

namespace LlmKick.Tests.Conformance;

public sealed class Nf4Conformance : CompressorConformance<QuantizationPlugin>
{
    protected override string Name => "nf4";

    protected override IReadOnlyList<CompressorCase> Cases =>
    [
        new(new FloatOptions()),
    ];
}
