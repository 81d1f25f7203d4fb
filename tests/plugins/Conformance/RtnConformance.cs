using LlmKick.Quantization;
using LlmKick.Sdk.Testing.Conformance;

namespace LlmKick.Tests.Conformance;

public sealed class RtnConformance : CompressorConformance<QuantizationPlugin>
{
    protected override string Name => "rtn";

    protected override IReadOnlyList<CompressorCase> Cases =>
    [
        new(new RtnOptions { Bits = 3, GroupSize = 16 }),
        new(new RtnOptions { Bits = 8, Per = GridShare.Tensor, Symmetric = true }),
        new(new RtnOptions { Bits = 4, GroupSize = 12, Mse = true }),
    ];
}
