using LlmKick.OwnData;
using LlmKick.OwnData.Generate;
using LlmKick.Sdk.Testing.Conformance;

namespace LlmKick.Tests.Conformance;

public sealed class GenerateConformance : TaskConformance<OwnDataPlugin>
{
    protected override string Name => "generate";

    protected override object Options(TemporaryFolder folder) => new GenerateOptions
    {
        Path = folder.Write("own.csv", "topic,text,summary\na,t1,s1\nb,t2,s2\na,\"t3, or\nso\",s3\n"),
        Prompt = "Summarize: {text}\n",
        Reference = "summary",
        Group = "topic",
        MaxNewTokens = 4,
    };

    protected override IReadOnlyList<WrongData> Wrong =>
    [
        new("own.csv", "topic,text,summary\na,t1\n", Line: 2),
        new("own.csv", "topic,text,abstract\na,t1,s1\n", Line: 2),
        new("own.csv", "topic,body,summary\na,t1,s1\n", Line: 2),
        new("own.csv", ""),
    ];

    protected override bool IsInRange(string name, double value) => name == "unique_tokens" ? value >= 0 : value is >= 0 and <= 1;
}
