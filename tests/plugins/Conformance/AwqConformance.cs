using LlmKick.Quantization;
using LlmKick.Sdk.Testing.Conformance;

namespace LlmKick.Tests.Conformance;

public sealed class AwqConformance : CompressorConformance<QuantizationPlugin>
{
    protected override string Name => "awq";

    protected override IReadOnlyList<CompressorCase> Cases =>
    [
        new(new AwqOptions { Bits = 4, GroupSize = 16 }),
        new(new AwqOptions { Bits = 3, GroupSize = 12, DuoScaling = true }),
    ];
}
