using LlmKick.Sdk.Models;
using LlmKick.Sdk.Testing;
using LlmKick.Sdk.Testing.Conformance;

namespace Contoso.Plugin_1.Tests;

/// <summary>What every kind of model must hold to: the suite comes from LlmKick.Sdk.Testing.</summary>
public sealed class BigramConformance : ModelConformance<Plugin>
{
    /// <inheritdoc/>
    protected override string Name => "contoso-plugin";

    /// <inheritdoc/>
    protected override IReadOnlyList<DataType> DataTypes => [DataType.Float32];

    /// <summary>Any text will do, so that half of one is one.</summary>
    protected override bool KnowsItsEnd => false;

    /// <inheritdoc/>
    protected override object Options(TemporaryFolder folder) =>
        new BigramOptions { Text =
            folder.Write("text.txt", string.Concat(Enumerable.Repeat("hello there, says the quick brown fox to the lazy dog. ", 4))) };
}
