using LlmKick.Quickstart.Text;
using LlmKick.Quickstart.World;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Statistics;

namespace LlmKick.Quickstart.Training;

/// <summary>Questions with their answers in tokens, to watch what training brings.</summary>
/// <param name="Name">What they show.</param>
/// <param name="Items">Prompt and answer of each.</param>
internal sealed record Questions(string Name, IReadOnlyList<(int[] Prompt, int[] Answer)> Items)
{
    private const int People = 40;
    private const ulong Seed = 99;

    /// <summary>Facts that training asked for, facts it did not, facts of strangers in a passage, and choices.</summary>
    public static IReadOnlyList<Questions> Of(SyntheticWorld world, ITokenizer tokenizer)
    {
        var random = new SplitMix64(new SplitMix64(Seed).Next());
        (int[], int[]) Item(string prompt, string answer) => (tokenizer.Encode(prompt, addSpecial: true), tokenizer.Encode($" {answer}\n"));
        Questions Each(string name, IEnumerable<Entity> people, Func<Entity, int, string> prompt) =>
            new(name, [.. people.Take(People).SelectMany(person => Enumerable.Range(0, person.Facts.Count)
                .Select(fact => Item(prompt(person, fact), person.Value(fact))))]);
        return
        [
            Each("asked", world.Asked, (person, fact) => Prompts.Question(Writer.Question(person, fact, random))),
            Each("held out", world.HeldOut, (person, fact) => Prompts.Question(Writer.Question(person, fact, random))),
            Each("reading", Enumerable.Range(0, People).Select(_ => world.Stranger(random)),
                (person, fact) => Prompts.Passage(Writer.Biography(person, random), Writer.Question(person, fact, random))),
            Each("choice", world.HeldOut,
                (person, fact) => Prompts.Choice(Writer.Question(person, fact, random), Writer.Choices(person, fact, 4, random))),
        ];
    }
}
