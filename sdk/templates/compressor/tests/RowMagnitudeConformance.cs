using LlmKick.Sdk.Testing.Conformance;

namespace Contoso.Plugin_1.Tests;

/// <summary>What every compression method must hold to: the suite comes from LlmKick.Sdk.Testing.</summary>
public sealed class RowMagnitudeConformance : CompressorConformance<Plugin>
{
    /// <inheritdoc/>
    protected override string Name => "contoso-plugin";

    /// <inheritdoc/>
    protected override IReadOnlyList<CompressorCase> Cases =>
    [
        new(new RowMagnitudeOptions { Sparsity = 0.5 }) { Sparsity = 0.5 },
        new(new RowMagnitudeOptions { Sparsity = 0 }) { Sparsity = 0 },
    ];
}
