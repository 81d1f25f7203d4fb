using LlmKick.Kick;
using LlmKick.Kick.Mmlu;
using LlmKick.Sdk.Testing.Conformance;
using LlmKick.Tests.Tasks.Mmlu;

namespace LlmKick.Tests.Conformance;

public sealed class MmluConformance : TaskConformance<KickPlugin>
{
    protected override string Name => "mmlu";

    protected override object Options(TemporaryFolder folder) =>
        new MmluOptions { Path = MmluFolder.Write(folder, "anatomy"), Subjects = ["anatomy"] };

    protected override IReadOnlyList<WrongData> Wrong =>
    [
        new("test/anatomy_test.csv", "q1,a,b,c,d,A\nq2,a,b,c,A\n", Line: 2),
        new("test/anatomy_test.csv", "q1,a,b,c,d,E\n", Line: 1),
        new("dev/anatomy_dev.csv", "\"d\n1\",a,b,c,d,A\nd2\n", Line: 3),
    ];
}
