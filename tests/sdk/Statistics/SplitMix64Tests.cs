using LlmKick.Sdk.Statistics;

namespace LlmKick.Tests.Statistics;

public sealed class SplitMix64Tests
{
    [Fact]
    public void Next_Seed1234567_PublishedSequence()
    {
        var random = new SplitMix64(1234567);
        ulong[] expected = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821];
        Assert.Equal(expected, expected.Select(_ => random.Next()));
    }

    [Fact]
    public void Next_Bound_CoversEveryNumberEvenly()
    {
        var random = new SplitMix64(1);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
            counts[random.Next(7)]++;
        Assert.All(counts, count => Assert.InRange(count, 9_600, 10_400));
    }
}
