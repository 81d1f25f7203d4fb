using LlmKick.Kick;
using LlmKick.Kick.Instruct;
using LlmKick.Sdk.Testing.Conformance;

namespace LlmKick.Tests.Conformance;

public sealed class InstructConformance : TaskConformance<KickPlugin>
{
    protected override string Name => "instruct";

    protected override object Options(TemporaryFolder folder) => new InstructOptions
    {
        Path = folder.Write("questions.jsonl", """
            {"question_id": 1, "category": "math", "turns": ["1 + 1?", "And twice that?"]}
            {"question_id": 2, "category": "math", "text": "Why?"}
            {"question_id": 3, "category": "math", "text": "How?"}
            """),
        References = folder.Write("references.jsonl", """
            {"question_id": 1, "choices": [{"index": 0, "turns": ["2", "4"]}]}
            {"question_id": 3, "text": "So."}
            """),
        MaxNewTokens = 4,
    };

    protected override IReadOnlyList<WrongData> Wrong =>
    [
        new("questions.jsonl",
            "{\"question_id\": 1, \"category\": \"c\", \"text\": \"q\"}\n{\"question_id\": 2, \"category\": \"c\"}\n", Line: 2),
        new("questions.jsonl", "{\"question_id\": 1, \"category\": \"c\", \"turns\": [\"\"]}\n", Line: 1),
        new("questions.jsonl", "{\"question_id\": 1, \"text\": \"q\"}\n", Line: 1),
        new("references.jsonl", "{\"question_id\": 1, \"text\": \"a\"}\n{\"question_id\": 1, \"text\": \"b\"}\n", Line: 2),
    ];

    protected override bool IsInRange(string name, double value) => name == "unique_tokens" ? value >= 0 : value is >= 0 and <= 1;
}
