using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using LlmKick.Tests.Oracles;
using LlmKick.Transformers.Tokenization;
using LlmKick.Transformers.Tokenization.Sources;
using Tokenizers.DotNet;

namespace LlmKick.Benchmarks.Tokenizers;

/// <summary>Every kind of tokenizer.json over the lines of a text, beside Hugging Face's own library in the same process.</summary>
internal static class TokenizerBenchmark
{
    /// <summary>How much faster than the library every kind is meant to be.</summary>
    private const double Goal = 2;

    private const int MostLines = 2_000;

    /// <summary>Prints a row a kind.</summary>
    /// <param name="trained">A folder with trained tokenizers, each in a folder of its own.</param>
    /// <param name="text">A text file.</param>
    public static void Print(string trained, string text)
    {
        string[] lines = [.. File.ReadLines(text).Where(line => line.Length > 0).Take(MostLines)];
        var maker = new ShapeMaker(name => JsonNode.Parse(File.ReadAllBytes(Path.Combine(trained, name, "tokenizer.json")))!.AsObject());
        Console.WriteLine("kind            here MB/s   library MB/s   ratio");
        foreach (var kind in ShapeMaker.Trained.Concat(ShapeMaker.Made))
            Row(kind, maker.Make(kind), lines);
    }

    private static void Row(string kind, JsonObject json, string[] lines)
    {
        var folder = Directory.CreateTempSubdirectory("llmkick-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "tokenizer.json"), json.ToJsonString());
            var megabytes = lines.Sum(Encoding.UTF8.GetByteCount) / 1e6;
            var library = new Tokenizer(Path.Combine(folder.FullName, "tokenizer.json"));
            Compile(folder.FullName, lines);
            var theirs = Clock.Seconds(() => lines, texts => Array.ForEach(texts, line => library.Encode(line)));
            var ours = Clock.Seconds(() => TokenizerSource.Load(folder.FullName), tokenizer => Encode(tokenizer, lines));
            Console.WriteLine($"{kind,-14}  {megabytes / ours,9:F1}   {megabytes / theirs,12:F1}   "
                + $"{theirs / ours,5:F1}{(theirs / ours < Goal ? $"   below {Goal}" : "")}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The library is machine code from the start; ours is, at its best, after some thousand calls of each method.</summary>
    private static void Compile(string folder, string[] lines)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromSeconds(3);)
            Encode(TokenizerSource.Load(folder), lines);
    }

    private static void Encode(Pipeline tokenizer, string[] lines)
    {
        foreach (var line in lines)
            tokenizer.Encode(line);
    }
}
