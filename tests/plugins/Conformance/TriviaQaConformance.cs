using LlmKick.Kick;
using LlmKick.Kick.TriviaQa;
using LlmKick.Sdk.Testing.Conformance;
using LlmKick.Tests.Tasks.TriviaQa;

namespace LlmKick.Tests.Conformance;

public sealed class TriviaQaConformance : TaskConformance<KickPlugin>
{
    protected override string Name => "triviaqa";

    protected override object Options(TemporaryFolder folder) =>
        new TriviaQaOptions { Path = folder.Write("squad.json", SquadFile.Small), Context = ContextSource.Retrieved, Passages = 1 };

    protected override IReadOnlyList<WrongData> Wrong =>
    [
        new("squad.json", """{"data": [{"paragraphs": [{"context": "c", "qas": [{"question": "q", "answers": [{"text": "?"}]}]}]}]}"""),
        new("squad.json", "{\"data\": [\n{\"paragraphs\": 7}\n]}", Line: 2),
        new("squad.json", "{\"Data\": [\n{\"Question\": \"q\"}\n]}", Line: 2),
        new("squad.json", "[]", Line: 1),
    ];
}
