using LlmKick.OwnData;
using LlmKick.OwnData.Choice;
using LlmKick.Sdk.Testing.Conformance;

namespace LlmKick.Tests.Conformance;

public sealed class ChoiceConformance : TaskConformance<OwnDataPlugin>
{
    protected override string Name => "choice";

    protected override object Options(TemporaryFolder folder) => new ChoiceOptions
    {
        Path = folder.Write("own.jsonl", string.Concat(Enumerable.Range(0, 4)
            .Select(i => $"{{\"question\": \"q{i}\", \"choices\": [\"one\", \"two\", \"three\"], \"answer\": {i % 3}}}\n"))),
    };

    protected override IReadOnlyList<WrongData> Wrong =>
    [
        new("own.jsonl", "{\"question\": \"q\", \"choices\": [\"one\", \"two\"], \"answer\": \"three\"}\n", Line: 1),
        new("own.jsonl", "{\"question\": \"q\", \"choices\": [\"one\", \"two\"], \"answer\": 0}\n{\"question\": \"q\", \"choices\": "
            + "[\"one\"], \"answer\": 0}\n", Line: 2),
        new("own.jsonl", "\n{\"question\": \n", Line: 2),
        new("own.jsonl", "[1]\n", Line: 1),
    ];
}
