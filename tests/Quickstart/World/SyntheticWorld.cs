using LlmKick.Sdk.Statistics;

namespace LlmKick.Quickstart.World;

/// <summary>
/// A made-up world, in the manner of the synthetic biographies of Allen-Zhu and Li (Physics of Language Models 3.1). Training asks
/// questions about half of the people only: the others show whether a model finds facts that it was never asked for.
/// </summary>
internal sealed class SyntheticWorld
{
    private readonly FactKinds kinds;

    /// <summary>Makes the world of a seed.</summary>
    /// <param name="seed">Decides everything.</param>
    /// <param name="people">How many people there are; an even number.</param>
    public SyntheticWorld(ulong seed, int people)
    {
        var random = new SplitMix64(seed);
        Pools = new Pools(random);
        kinds = new FactKinds(Pools);
        People = Persons(people, random, []);
        Places = [.. Pools.Cities.Select(name => Make(name, "It", kinds.OfPlaces, random))];
        Things = [.. Pools.Tools.Select(name => Make($"the {name}", "It", kinds.OfThings, random))];
    }

    public Pools Pools { get; }

    public IReadOnlyList<Entity> People { get; }

    /// <summary>People about whom training asks questions.</summary>
    public IReadOnlyList<Entity> Asked => [.. People.Take(People.Count / 2)];

    /// <summary>People about whom training only has biographies.</summary>
    public IReadOnlyList<Entity> HeldOut => [.. People.Skip(People.Count / 2)];

    public IReadOnlyList<Entity> Places { get; }

    public IReadOnlyList<Entity> Things { get; }

    /// <summary>Somebody who is not of this world.</summary>
    public Entity Stranger(SplitMix64 random) => Persons(1, random, [.. People.Select(person => person.Name)])[0];

    private List<Entity> Persons(int count, SplitMix64 random, HashSet<string> taken)
    {
        var people = new List<Entity>();
        while (people.Count < count)
        {
            var woman = random.Next(2) == 0;
            var name = $"{Syllables.Pick(woman ? Pools.Women : Pools.Men, random)} {Syllables.Pick(Pools.Surnames, random)}";
            if (taken.Add(name))
                people.Add(Make(name, woman ? "She" : "He", kinds.OfPeople, random));
        }
        return people;
    }

    private static Entity Make(string name, string pronoun, IReadOnlyList<FactKind> facts, SplitMix64 random) =>
        new(name, pronoun, facts, [.. facts.Select(fact => random.Next(fact.Values.Count))]);
}
