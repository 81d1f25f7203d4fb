using System.Text.Json;
using LlmKick.Quickstart.World;
using LlmKick.Sdk.Statistics;

namespace LlmKick.Quickstart.Text;

/// <summary>Writes what the quickstart measures with: questions about people who were held out of questions, and texts that were not
/// trained on.</summary>
internal static class EvaluationFiles
{
    public const int People = 40;
    private const int Documents = 120;

    /// <summary>Writes <c>facts.jsonl</c>, <c>text.txt</c> and <c>calibration.txt</c>.</summary>
    public static void Write(string folder, SyntheticWorld world, DocumentMaker documents, ulong seed)
    {
        Directory.CreateDirectory(folder);
        var random = new SplitMix64(new SplitMix64(seed).Next());
        File.WriteAllLines(Path.Combine(folder, "facts.jsonl"), world.HeldOut.Take(People).SelectMany(person => Rows(person, random)));
        foreach (var name in (string[])["text.txt", "calibration.txt"])
            File.WriteAllText(Path.Combine(folder, name), Text(documents, random));
    }

    /// <summary>Documents one after another, as in training.</summary>
    public static string Text(DocumentMaker documents, SplitMix64 random) => string.Concat(
        Enumerable.Range(0, Documents)
            .Select(_ => TokenizerFile.EndOfText + string.Concat(documents.Next(random).Select(piece => piece.Text))));

    private static IEnumerable<string> Rows(Entity person, SplitMix64 random)
    {
        var passage = Writer.Biography(person, random);
        return Enumerable.Range(0, person.Facts.Count).Select(fact => JsonSerializer.Serialize(new
        {
            person = person.Name,
            fact = person.Facts[fact].Name,
            question = Writer.Question(person, fact, random),
            answer = person.Value(fact),
            choices = Writer.Choices(person, fact, 4, random),
            passage,
        }));
    }
}
