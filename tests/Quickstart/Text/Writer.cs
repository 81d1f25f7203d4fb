using LlmKick.Quickstart.World;
using LlmKick.Sdk.Statistics;

namespace LlmKick.Quickstart.Text;

/// <summary>Writes what is known of entities as sentences and questions.</summary>
internal static class Writer
{
    /// <summary>All facts of an entity, each in a sentence of its own, in random order.</summary>
    public static string Biography(Entity entity, SplitMix64 random) =>
        Sentences(entity, Shuffled(Enumerable.Range(0, entity.Facts.Count), random), random);

    /// <summary>Some facts of an entity, each in a sentence of its own.</summary>
    public static string Sentences(Entity entity, IEnumerable<int> facts, SplitMix64 random) =>
        string.Join(' ', facts.Select((fact, place) => Sentence(entity, fact, place > 0, random)));

    /// <summary>A question about a fact.</summary>
    public static string Question(Entity entity, int fact, SplitMix64 random) =>
        Syllables.Pick(entity.Facts[fact].Questions, random).Replace("{e}", entity.Name, StringComparison.Ordinal);

    /// <summary>The right answer among wrong ones, in random order.</summary>
    public static IReadOnlyList<string> Choices(Entity entity, int fact, int count, SplitMix64 random)
    {
        var choices = new List<string> { entity.Value(fact) };
        while (choices.Count < count)
            if (Syllables.Pick(entity.Facts[fact].Values, random) is var other && !choices.Contains(other))
                choices.Add(other);
        return [.. Shuffled(choices, random)];
    }

    public static IEnumerable<T> Shuffled<T>(IEnumerable<T> items, SplitMix64 random)
    {
        var list = items.ToArray();
        for (var i = list.Length - 1; i > 0; i--)
        {
            var other = random.Next(i + 1);
            (list[i], list[other]) = (list[other], list[i]);
        }
        return list;
    }

    private static string Sentence(Entity entity, int fact, bool mayBePronoun, SplitMix64 random)
    {
        var form = Syllables.Pick(entity.Facts[fact].Statements, random);
        var pronoun = mayBePronoun && form.StartsWith("{e}", StringComparison.Ordinal) && random.Next(4) == 0;
        var sentence = form.Replace("{e}", pronoun ? entity.Pronoun : entity.Name, StringComparison.Ordinal)
            .Replace("{v}", entity.Value(fact), StringComparison.Ordinal)
            .Replace(" a a", " an a", StringComparison.Ordinal).Replace(" a e", " an e", StringComparison.Ordinal);
        return char.ToUpperInvariant(sentence[0]) + sentence[1..];
    }
}
