using LlmKick.Perplexity;
using LlmKick.Sdk.Testing.Conformance;

namespace LlmKick.Tests.Conformance;

public sealed class PerplexityConformance : TaskConformance<PerplexityPlugin>
{
    protected override string Name => "perplexity";

    protected override object Options(TemporaryFolder folder) => new PerplexityOptions
    {
        Text = folder.Write("text.jsonl", "{\"text\": \"once upon a time\"}\n\n{\"text\": \"there was a line that ended\"}\n"),
        Window = 8,
    };

    protected override IReadOnlyList<WrongData> Wrong =>
    [
        new("text.jsonl", "{\"text\": \"fine\"}\n{\"text\": 7}\n", Line: 2),
        new("text.jsonl", "{\"text\": \"fine\"}\n\nplain\n", Line: 3),
        new("text.jsonl", ""),
    ];

    protected override bool IsInRange(string name, double value) => value >= 0;
}
