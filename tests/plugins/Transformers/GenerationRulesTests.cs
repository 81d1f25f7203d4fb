using LlmKick.Sdk.Models;
using LlmKick.Transformers;
using Microsoft.Extensions.Logging.Abstractions;
using TorchSharp;

namespace LlmKick.Tests.Transformers;

/// <summary>What generation_config.json asks beside the ends of texts: named, and applied where the model's option says so.</summary>
public sealed class GenerationRulesTests : IDisposable
{
    private const string Asks =
        """{"repetition_penalty": 1.7, "no_repeat_ngram_size": 3, "suppress_tokens": [65, 66], "begin_suppress_tokens": [67]}""";

    private static readonly int[] Start = [10, 20, 30, 20, 30];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Generate_ByTheTask_IsTheMostProbableTextAndNamesWhatIsAsked()
    {
        var plain = Text(Write(null), GenerationSource.Task, out _);
        var asked = Text(Write(Asks), GenerationSource.Task, out var notes);
        Assert.Equal(plain, asked);
        Assert.Contains(notes!, note => note.Contains("asks for repetition_penalty 1.7, no_repeat_ngram_size 3, suppress_tokens (2), "
            + "begin_suppress_tokens (1)", StringComparison.Ordinal));
    }

    [Fact]
    public void Generate_ByTheModel_IsTheTextOfARestatement()
    {
        var path = Write(Asks);
        var expected = Restated(path, 24);
        Assert.Equal(expected, Text(path, GenerationSource.Model, out _));
        Assert.NotEqual(expected, Text(path, GenerationSource.Task, out _));
    }

    [Fact]
    public void Generate_ByTheModel_RefusesWhatIsNotComputed()
    {
        var path = Write("""{"num_beams": 4}""");
        var fault = Assert.Throws<LlmKick.Sdk.LlmKickException>(() => Load(path, GenerationSource.Model));
        Assert.Contains("asks for num_beams, which is not computed here", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Identify_ByTheModel_CoversTheRules()
    {
        var (one, other) = (Identity(Write(Asks)), Identity(Write("""{"repetition_penalty": 1.2}""")));
        Assert.NotEqual(one, other);
        string Identity(string path) => new TransformersLoader(new TransformersOptions { Path = path, Generation = GenerationSource.Model })
            .Identify(CancellationToken.None).ContentHash;
    }

    /// <summary>Greedy text with each rule written out over plain arrays, all tokens read anew at each step.</summary>
    private static List<int> Restated(string path, int count)
    {
        using var model = ModelUnderTest.LoadFolder(path);
        var read = Start.ToList();
        for (var step = 0; step < count; step++)
        {
            using var scope = torch.NewDisposeScope();
            var logits = model.Logits(read)[-1].data<float>().ToArray();
            foreach (var id in read.Distinct())
                logits[id] = logits[id] < 0 ? logits[id] * 1.7f : logits[id] / 1.7f;
            for (var id = 0; id < logits.Length; id++)
                if (Ends(read, id) || id is 65 or 66 || (step == 0 && id == 67))
                    logits[id] = float.NegativeInfinity;
            read.Add(Array.IndexOf(logits, logits.Max()));
        }
        return read[Start.Length..];
    }

    private static bool Ends(List<int> read, int id) => Enumerable.Range(0, read.Count - 2)
        .Any(i => read[i] == read[^2] && read[i + 1] == read[^1] && read[i + 2] == id);

    private static IReadOnlyList<int> Text(string path, GenerationSource source, out IReadOnlyList<string>? notes)
    {
        var model = Load(path, source);
        notes = model.Description.Notes;
        return Assert.IsType<GenerateResponse>(model.Answer(new GenerateRequest(new Prompt("", Start), 24, []) { IgnoreEnd = true })[0])
            .Tokens;
    }

    private static ILanguageModel Load(string path, GenerationSource source) =>
        new TransformersLoader(new TransformersOptions { Path = path, Generation = source })
        .Load(new ModelLoadContext { Device = torch.CPU, DataType = DataType.Float32, Logger = NullLogger.Instance },
            CancellationToken.None);

    private string Write(string? generation)
    {
        var path = new TinyCheckpoint().Write(folder.File(Guid.NewGuid().ToString("N")));
        if (generation is not null)
            File.WriteAllText(Path.Combine(path, "generation_config.json"), generation);
        return path;
    }
}
