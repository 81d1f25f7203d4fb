using LlmKick.Quantization;
using LlmKick.Sdk.Testing.Conformance;

namespace LlmKick.Tests.Conformance;

public sealed class KvCacheConformance : CompressorConformance<QuantizationPlugin>
{
    protected override string Name => "kv-cache";

    protected override bool ChangesWeights => false;

    protected override IReadOnlyList<CompressorCase> Cases =>
    [
        new(new KvCacheOptions()),
        new(new KvCacheOptions { Bits = 4, GroupSize = 8 }),
    ];
}
