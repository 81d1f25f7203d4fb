using LlmKick.Quickstart.Text;
using LlmKick.Quickstart.World;
using LlmKick.Sdk.Statistics;

namespace LlmKick.Tests.Quickstart;

public sealed class SyntheticWorldTests
{
    private static readonly Mix All = new(Biographies: 1, Questions: 1, Passages: 1, Choices: 1, Summaries: 1, Echoes: 1);

    [Fact]
    public void World_SameSeed_IsTheSame()
    {
        Assert.Equal(Text(new SyntheticWorld(3, 20)), Text(new SyntheticWorld(3, 20)));
        Assert.NotEqual(Text(new SyntheticWorld(3, 20)), Text(new SyntheticWorld(4, 20)));
    }

    [Fact]
    public void World_People_HaveNamesOfTheirOwnAndNoGuessIsOftenRight()
    {
        var world = new SyntheticWorld(1, 240);
        Assert.Equal(240, world.People.Select(person => person.Name).Distinct().Count());
        for (var fact = 0; fact < world.People[0].Facts.Count; fact++)
            Assert.InRange(world.HeldOut.GroupBy(person => person.Value(fact))
                .Max(same => same.Count()) / (double)world.HeldOut.Count, 0, 0.08);
    }

    [Fact]
    public void Documents_NeverAskAboutPeopleWhoAreHeldOut()
    {
        var world = new SyntheticWorld(1, 40);
        var documents = new DocumentMaker(world, All with { Biographies = 0 });
        var random = new SplitMix64(5);
        var text = string.Concat(Enumerable.Range(0, 3000).SelectMany(_ => documents.Next(random)).Select(piece => piece.Text));
        Assert.All(world.HeldOut, person => Assert.DoesNotContain(person.Name, text, StringComparison.Ordinal));
        Assert.All(world.Asked, person => Assert.Contains(person.Name, text, StringComparison.Ordinal));
    }

    private static string Text(SyntheticWorld world) => EvaluationFiles.Text(new DocumentMaker(world, All), new SplitMix64(1));
}
