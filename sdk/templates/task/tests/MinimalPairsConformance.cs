using LlmKick.Sdk.Testing;
using LlmKick.Sdk.Testing.Conformance;

namespace Contoso.Plugin_1.Tests;

/// <summary>What every task must hold to: the suite comes from LlmKick.Sdk.Testing.</summary>
public sealed class MinimalPairsConformance : TaskConformance<Plugin>
{
    private const string Right = """
        {"phenomenon": "agreement", "good": "She works.", "bad": "She work."}
        {"phenomenon": "agreement", "good": "He is.", "bad": "He are."}
        {"good": "A day.", "bad": "An day."}

        """;

    /// <inheritdoc/>
    protected override string Name => "contoso-plugin";

    /// <inheritdoc/>
    protected override IReadOnlyList<WrongData> Wrong =>
    [
        new("pairs.jsonl", Right + "{\"good\": \"A day.\"}\n", Line: 4),
        new("pairs.jsonl", "{\"good\": \"Same.\", \"bad\": \"Same.\"}\n", Line: 1),
        new("pairs.jsonl", "She works.\n", Line: 1),
    ];

    /// <inheritdoc/>
    protected override object Options(TemporaryFolder folder) => new MinimalPairsOptions { Path = folder.Write("pairs.jsonl", Right) };
}
