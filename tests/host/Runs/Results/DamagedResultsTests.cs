using LlmKick.Runs.Records;
using LlmKick.Runs.Results;
using LlmKick.Sdk;
using LlmKick.Tests.Reports;

namespace LlmKick.Tests.Runs.Results;

public sealed class DamagedResultsTests : IDisposable
{
    private const int Mutants = 400;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_DamagedResults_SucceedsOrSaysOneSentence()
    {
        new StoredRunMaker(folder.Path) { Samples = 2 }.Write();
        var path = new RunFolder(folder.Path).Results;
        var valid = File.ReadAllBytes(path);
        var refused = 0;
        for (var i = 0; i < Mutants; i++)
        {
            File.WriteAllBytes(path, i % 4 == 0 ? Mutation.Of(valid, valid.Length, i) : JsonMutation.Change(valid, new Random(i)));
            refused += IsRead() ? 0 : 1;
        }
        Assert.InRange(refused, Mutants / 10, Mutants - 1);
    }

    private bool IsRead()
    {
        try
        {
            _ = RunResults.Read(folder.Path);
            return true;
        }
        catch (LlmKickException exception)
        {
            Assert.DoesNotContain("\n", exception.Message, StringComparison.Ordinal);
            return false;
        }
    }
}
