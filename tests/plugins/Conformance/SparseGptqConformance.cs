using LlmKick.Quantization;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Testing.Conformance;

namespace LlmKick.Tests.Conformance;

public sealed class SparseGptqConformance : CompressorConformance<QuantizationPlugin>
{
    protected override string Name => "sparsegpt-gptq";

    protected override IReadOnlyList<CompressorCase> Cases =>
    [
        new(new SparseGptqOptions { Bits = 8, GroupSize = 16, Sparsity = 0.5 }) { Sparsity = 0.5, Tolerance = 0.1 },
        new(new SparseGptqOptions { Bits = 8, GroupSize = 16, Pattern = new NmPattern(2, 4) }) { Sparsity = 0.5, Tolerance = 0.1 },
    ];
}
