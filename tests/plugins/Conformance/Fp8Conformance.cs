using LlmKick.Quantization;
using LlmKick.Sdk.Testing.Conformance;

namespace LlmKick.Tests.Conformance;

public sealed class Fp8Conformance : CompressorConformance<QuantizationPlugin>
{
    protected override string Name => "fp8";

    protected override IReadOnlyList<CompressorCase> Cases =>
    [
        new(new Fp8Options()),
        new(new Fp8Options { Per = GridShare.Tensor }),
    ];
}
