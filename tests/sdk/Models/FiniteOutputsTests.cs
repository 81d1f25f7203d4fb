using LlmKick.Sdk.Models;
using LlmKick.Sdk.Models.Scheduling;

namespace LlmKick.Tests.Models;

public sealed class FiniteOutputsTests
{
    public static TheoryData<Request, bool> Kinds => new(
        from request in new Request[]
        {
            new RollingRequest([1, 2, 3]), new RollingRequest([1, 2, 3], 3) { WithLastLogits = true },
            new ChooseRequest(Text(1, 2), [Text(3), Text(4, 5)]),
            new GenerateRequest(Text(1, 2, 3), 4, []), new GenerateRequest(Text(1, 2, 3), 4,
                []) { Sampling = new Sampling { Temperature = 1, Seed = 1 } }, new DivergenceRequest([1, 2, 3]),
        }
        from isHead in new[] { false, true }
        select (request, isHead));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Answer_OutputsOverflow_StopsAndNamesThePart(Request request, bool isHead)
    {
        var decoder = new OverflowingDecoder(isHead);
        var failure = Assert.Throws<NotFiniteException>(() => new RequestScheduler(decoder, new LetterTokenizer(), 64)
            .Answer([request], _ => Assert.Fail("It was answered."), null, default));
        Assert.StartsWith($"The model's outputs are NaN or infinite, first in {(isHead ? "the head" : "block 3")}. ", failure.Message,
            StringComparison.Ordinal);
        Assert.Single(decoder.Searched);
    }

    [Fact]
    public void Answer_AllFinite_SearchesNothing()
    {
        var answered = 0;
        new RequestScheduler(new DecayDecoder(), new LetterTokenizer(), 64)
            .Answer([.. Kinds.Select(kind => kind.Data.Item1)], _ => answered++, null, default);
        Assert.Equal(Kinds.Count, answered);
    }

    private static Prompt Text(params int[] tokens) => new("", tokens);
}
