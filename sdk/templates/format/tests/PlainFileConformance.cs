using LlmKick.Sdk.Testing.Conformance;

namespace Contoso.Plugin_1.Tests;

/// <summary>What every checkpoint format must hold to: the suite comes from LlmKick.Sdk.Testing.</summary>
public sealed class PlainFileConformance : CheckpointFormatConformance<Plugin>
{
    /// <inheritdoc/>
    protected override string Name => "contoso-plugin";
}
