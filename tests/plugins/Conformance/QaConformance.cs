using LlmKick.OwnData;
using LlmKick.OwnData.Qa;
using LlmKick.Sdk.Testing.Conformance;

namespace LlmKick.Tests.Conformance;

public sealed class QaConformance : TaskConformance<OwnDataPlugin>
{
    protected override string Name => "qa";

    protected override object Options(TemporaryFolder folder) => new QaOptions
    {
        Path = folder.Write("own.csv", "question,answer\nq1,a1\nq2,a2\nq3,\"a3, or\nso\"\n"),
        MaxNewTokens = 4,
    };

    protected override IReadOnlyList<WrongData> Wrong =>
    [
        new("own.csv", "question,answer\nq1,a1\nq2\n", Line: 3),
        new("own.csv", "question,answer\nq1,?\n", Line: 2),
        new("own.csv", "question,reply\nq1,a1\n", Line: 2),
        new("own.csv", "question,question\nq1,a1\n", Line: 1),
        new("own.csv", ""),
    ];
}
