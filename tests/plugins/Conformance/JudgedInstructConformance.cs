using LlmKick.Kick;
using LlmKick.Kick.Instruct;
using LlmKick.Sdk.Testing.Conformance;
using LlmKick.Tests.Tasks.Judging;

namespace LlmKick.Tests.Conformance;

/// <summary>Answers judged beside the dense variant's.</summary>
public sealed class JudgedInstructConformance : TaskConformance<KickPlugin>
{
    protected override string Name => "instruct";

    protected override IReadOnlyList<WrongData> Wrong =>
    [
        new("prompts.jsonl",
            "{\"system_prompt\": \"s\", \"prompt_template\": \"t\", \"category\": \"c\"}\n{\"prompt_template\": \"t\"}\n", Line: 2),
    ];

    protected override object Options(TemporaryFolder folder) => new InstructOptions
    {
        Path = folder.Write("questions.jsonl", """
            {"question_id": 1, "category": "math", "turns": ["1 + 1?", "And twice that?"]}
            {"question_id": 2, "category": "math", "text": "Why?"}
            {"question_id": 3, "category": "math", "text": "How?"}
            """),
        JudgePrompts = folder.Write("prompts.jsonl", JudgeTable.Paper),
        Baseline = "dense",
        NoiseFloor = true,
        MaxNewTokens = 4,
    };

    protected override bool MayBeMissing(string metric) => metric.StartsWith("judge.", StringComparison.Ordinal);

    protected override bool IsInRange(string name, double value) => name switch
    {
        "unique_tokens" => value >= 0,
        "judge.strict" or "judge.paper" or "judge.baseline" or "judge.noise_floor" => value is >= 0 and <= 10,
        _ => value is >= 0 and <= 1,
    };
}
