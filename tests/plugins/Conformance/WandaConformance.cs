using LlmKick.Pruning;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Testing.Conformance;

namespace LlmKick.Tests.Conformance;

public sealed class WandaConformance : CompressorConformance<PruningPlugin>
{
    protected override string Name => "wanda";

    protected override IReadOnlyList<CompressorCase> Cases =>
    [
        new(new PruningOptions { Sparsity = 0.5 }) { Sparsity = 0.5 },
        new(new PruningOptions { Sparsity = 0.7 }) { Sparsity = 0.7 },
        new(new PruningOptions { Pattern = new NmPattern(2, 4) }) { Sparsity = 0.5, Tolerance = 0 },
    ];
}
