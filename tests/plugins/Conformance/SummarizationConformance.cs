using LlmKick.Kick;
using LlmKick.Kick.Summarization;
using LlmKick.Sdk.Testing.Conformance;

namespace LlmKick.Tests.Conformance;

public sealed class SummarizationConformance : TaskConformance<KickPlugin>
{
    protected override string Name => "summarization";

    protected override object Options(TemporaryFolder folder) => new SummarizationOptions
    {
        Path = folder.Write("stories.jsonl", string.Concat(Enumerable.Range(1, 3)
            .Select(i => $$"""{"question_id": {{i}}, "text": "Summarize.\n\nStory {{i}}.@highlightIt is {{i}}"}""" + "\n"))),
        MaxNewTokens = 4,
    };

    protected override IReadOnlyList<WrongData> Wrong =>
    [
        new("stories.jsonl", "{\"text\": \"Summarize.\\n\\nStory.\"}\n{\"story\": 1}\n", Line: 2),
        new("stories.jsonl", "\n{\"text\": \"Summarize.\\n\\n\"}\n", Line: 2),
        new("stories.jsonl", "story\n", Line: 1),
    ];

    protected override bool IsInRange(string name, double value) => name is "compression_rate" or "unique_tokens" ? value >= 0
        : value is >= 0 and <= 1;
}
