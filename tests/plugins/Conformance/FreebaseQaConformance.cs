using LlmKick.Kick;
using LlmKick.Kick.FreebaseQa;
using LlmKick.Sdk.Testing.Conformance;

namespace LlmKick.Tests.Conformance;

public sealed class FreebaseQaConformance : TaskConformance<KickPlugin>
{
    protected override string Name => "freebaseqa";

    protected override object Options(TemporaryFolder folder) => new FreebaseQaOptions
    {
        Path = folder.Write("questions.txt", "who wrote it? | somebody\n\nwhere | there\nwhen | then\n"),
    };

    protected override IReadOnlyList<WrongData> Wrong =>
    [
        new("questions.txt", "who | somebody\nwhere\n", Line: 2),
        new("questions.txt", "{\n\"Questions\": [7]\n}", Line: 2),
    ];
}
