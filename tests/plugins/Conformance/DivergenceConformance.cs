using LlmKick.Perplexity;
using LlmKick.Perplexity.Divergence;
using LlmKick.Sdk.Testing.Conformance;

namespace LlmKick.Tests.Conformance;

public sealed class DivergenceConformance : TaskConformance<PerplexityPlugin>
{
    protected override string Name => "divergence";

    protected override object Options(TemporaryFolder folder) => new DivergenceOptions
    {
        Text = folder.Write("text.jsonl", "{\"text\": \"once upon a time\"}\n\n{\"text\": \"there was a line that ended\"}\n"),
        Window = 8,
    };

    protected override IReadOnlyList<WrongData> Wrong =>
    [
        new("text.jsonl", "{\"text\": \"fine\"}\n{\"text\": 7}\n", Line: 2),
        new("text.jsonl", ""),
    ];

    protected override bool IsInRange(string name, double value) => name.StartsWith("kl", StringComparison.Ordinal) ? value >= 0
        : value is >= -1 and <= 1;
}
