using LlmKick.Quickstart.World;
using LlmKick.Sdk.Statistics;

namespace LlmKick.Quickstart.Text;

/// <summary>Makes training documents: biographies, questions with answers, passages to read, choices, summaries, echoes.</summary>
internal sealed class DocumentMaker(SyntheticWorld world, Mix mix)
{
    /// <summary>What a passage about strangers says cannot be foreseen.</summary>
    private const float Unforeseeable = 0.1f;
    private const float Asked = 0.3f;
    private const float Remembered = 1f;
    private const float Found = 3f;
    private const int QuestionsOfPassage = 6;

    /// <summary>The next document of a random sequence.</summary>
    public IReadOnlyList<Piece> Next(SplitMix64 random)
    {
        var draw = random.Next(mix.Total);
        if ((draw -= mix.Biographies) < 0)
            return [new Piece(Writer.Biography(Anybody(random), random), 1)];
        if ((draw -= mix.Questions) < 0)
            return Questions(random);
        if ((draw -= mix.Passages) < 0)
            return Passage(random);
        if ((draw -= mix.Choices) < 0)
            return Choices(random);
        if ((draw -= mix.Summaries) < 0)
            return Summary(random);
        return (draw -= mix.Echoes) < 0 ? Echo(random) : Snippet(random);
    }

    private Entity Anybody(SplitMix64 random) => random.Next(5) switch
    {
        0 => Syllables.Pick(random.Next(2) == 0 ? world.Places : world.Things, random),
        _ => Syllables.Pick(world.People, random),
    };

    /// <summary>Somebody or something that training asks about.</summary>
    private Entity Known(SplitMix64 random) => random.Next(8) switch
    {
        0 => Syllables.Pick(random.Next(2) == 0 ? world.Places : world.Things, random),
        _ => Syllables.Pick(world.Asked, random),
    };

    private List<Piece> Questions(SplitMix64 random)
    {
        var pieces = new List<Piece>();
        for (var i = 0; i < QuestionsOfPassage; i++)
        {
            var entity = Known(random);
            Ask(pieces, entity, random.Next(entity.Facts.Count), Remembered, random);
        }
        return pieces;
    }

    private List<Piece> Passage(SplitMix64 random)
    {
        var people = Enumerable.Range(0, random.Next(3) == 0 ? 2 : 1).Select(_ => world.Stranger(random)).ToArray();
        var pieces = new List<Piece> { new("Passage:", Asked) };
        foreach (var person in people)
            pieces.Add(new Piece(" " + Writer.Biography(person, random), Unforeseeable));
        pieces.Add(new Piece("\n", 1));
        for (var i = 0; i < QuestionsOfPassage; i++)
            Ask(pieces, Syllables.Pick(people, random), random.Next(people[0].Facts.Count), Found, random);
        return pieces;
    }

    /// <summary>A fact or two and questions about them: where there is little to look at, looking is learned first.</summary>
    private List<Piece> Snippet(SplitMix64 random)
    {
        var person = world.Stranger(random);
        var facts = Writer.Shuffled(Enumerable.Range(0, person.Facts.Count), random).Take(1 + random.Next(2)).ToArray();
        var pieces = new List<Piece> { new("Passage:", Asked), new(" " + Writer.Sentences(person, facts, random), Unforeseeable),
            new("\n", 1) };
        foreach (var fact in Writer.Shuffled(facts, random))
            Ask(pieces, person, fact, Found, random);
        return pieces;
    }

    private List<Piece> Choices(SplitMix64 random)
    {
        var pieces = new List<Piece>();
        for (var i = 0; i < QuestionsOfPassage - 1; i++)
        {
            var entity = Known(random);
            var fact = random.Next(entity.Facts.Count);
            pieces.Add(new Piece(Prompts.Choice(Writer.Question(entity, fact, random), Writer.Choices(entity, fact, 4, random)),
                Unforeseeable));
            pieces.Add(new Piece($" {entity.Value(fact)}\n", Found));
        }
        return pieces;
    }

    private List<Piece> Summary(SplitMix64 random)
    {
        var person = world.Stranger(random);
        return
        [
            new Piece($"Passage: {Writer.Biography(person, random)}", Unforeseeable),
            new Piece($"\nSummary: {person.Name}, {person.Value(3)} from {person.Value(0)}, works for {person.Value(2)}.\n", 1),
        ];
    }

    /// <summary>A passage twice: copying is what reading begins with.</summary>
    private List<Piece> Echo(SplitMix64 random)
    {
        var passage = Writer.Biography(world.Stranger(random), random);
        return [new Piece($"Passage: {passage}", Unforeseeable), new Piece($"\nAgain: {passage}\n", 1)];
    }

    private static void Ask(List<Piece> pieces, Entity entity, int fact, float weight, SplitMix64 random)
    {
        pieces.Add(new Piece(Prompts.Question(Writer.Question(entity, fact, random)), Asked));
        pieces.Add(new Piece($" {entity.Value(fact)}\n", weight));
    }
}
