using LlmKick.Quantization;
using LlmKick.Sdk.Testing.Conformance;

namespace LlmKick.Tests.Conformance;

public sealed class LlmInt8Conformance : CompressorConformance<QuantizationPlugin>
{
    protected override string Name => "llm-int8";

    protected override IReadOnlyList<CompressorCase> Cases =>
    [
        new(new LlmInt8Options()),
        new(new LlmInt8Options { Threshold = 1 }),
    ];
}
