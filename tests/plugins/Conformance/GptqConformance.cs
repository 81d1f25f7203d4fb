using LlmKick.Quantization;
using LlmKick.Sdk.Testing.Conformance;

namespace LlmKick.Tests.Conformance;

public sealed class GptqConformance : CompressorConformance<QuantizationPlugin>
{
    protected override string Name => "gptq";

    protected override IReadOnlyList<CompressorCase> Cases =>
    [
        new(new GptqOptions { Bits = 3, GroupSize = 16 }),
        new(new GptqOptions { Bits = 4, Per = GridShare.Channel, Symmetric = true }),
        new(new GptqOptions { Bits = 4, GroupSize = 12, ActOrder = true }),
        new(new GptqOptions { Bits = 4, GroupSize = 8, ActOrder = true, StaticGroups = false, TrueSequential = true }),
    ];
}
