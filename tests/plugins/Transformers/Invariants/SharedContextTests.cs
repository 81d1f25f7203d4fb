using LlmKick.Sdk.Models;

namespace LlmKick.Tests.Transformers.Invariants;

/// <summary>Answers do not depend on what else is asked: contexts that are read once for many continuations give what each gives
/// alone.</summary>
public sealed class SharedContextTests
{
    private const int Context = 50;
    private const double Tolerance = 1e-4;

    /// <summary>Some of the texts end beyond dynamic NTK's border (64), some before it.</summary>
    [Theory]
    [InlineData("llama")]
    [InlineData("llama-dynamic")]
    [InlineData("phi3-longrope")]
    [InlineData("gemma4")]
    [InlineData("mpt")]
    [InlineData("cohere2")]
    public void Choose_ManyAtOnce_AsEachAlone(string name)
    {
        var ids = Golden.Json($"golden/architectures/{name}/golden.json").GetProperty("ids");
        var (first, second) = (ids[0].Ints(), ids[1].Ints());
        int[][] continuations = [first[50..51], first[50..53], second[..20], second[20..48], first[50..58]];
        var requests = continuations.Select(own => Ask(first[..Context], own)).Append(Ask(second[..Context], continuations[2])).ToArray();
        using var desk = new Export.ExportDesk(SharedData.Require($"golden/architectures/{name}"));

        var together = Array.ConvertAll([.. desk.Model.Answer(requests)], answer => ((ChooseResponse)answer).LogProbabilities[0]);
        var alone = Array.ConvertAll(requests, request => ((ChooseResponse)desk.Model.Answer(request)[0]).LogProbabilities[0]);
        Assert.All(together.Zip(alone), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
    }

    private static ChooseRequest Ask(int[] context, int[] continuation) => new(new Prompt("", context), [new Prompt("", continuation)]);
}
