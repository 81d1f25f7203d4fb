using LlmKick.Data;
using LlmKick.Recipes;
using LlmKick.Sdk;
using LlmKick.Tests.Plugins;

namespace LlmKick.Tests.Data;

public sealed class CalibrationReaderTests : IDisposable
{
    // Every letter once: a window tells where it began.
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";

    private static readonly CodeUnitTokenizer Tokenizer = new();

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_First_CutsTheFirstTokensOfTheWholeText() =>
        Assert.Equal(["abcde", "fghij", "klmno"], Read("text.txt", Letters, samples: 3, length: 5));

    [Fact]
    public void Read_FirstOfJsonLines_JoinsDocumentsByABlankLine() =>
        Assert.Equal(["ab\n\ncd", "ef\n\ngh"], Read("text.jsonl",
            """{"text":"ab"}""" + "\n" + """{"text":"cdef","id":7}""" + "\n\n" + """{"text":"gh"}""", samples: 2, length: 6));

    [Fact]
    public void Read_Random_DrawsEveryWindowAlikeWithReplacement()
    {
        const int Draws = 21_000;
        var windows = Read("text.txt", Letters, Draws, length: 6, CalibrationTake.Random);
        Assert.All(windows, window => Assert.Contains(window, Letters, StringComparison.Ordinal));
        var counts = windows.CountBy(window => window).ToDictionary();
        Assert.Equal(21, counts.Count);
        // Six standard deviations of a count that is binomial with p = 1/21.
        Assert.All(counts.Values, count => Assert.InRange(count, 1000 - 6 * 31, 1000 + 6 * 31));
    }

    [Fact]
    public void Read_Documents_DrawsWindowsOfDocumentsLongerThanTheLength()
    {
        // Too short, just the length, and two that are longer.
        string[] documents = ["abc", "fghij", "klmnop", "qrstuvw"];
        var windows = Read("text.jsonl", string.Join('\n', documents.Select(document => $$"""{"text":"{{document}}"}""")), samples: 2000,
            length: 5, CalibrationTake.Documents);
        Assert.Equal(["klmno", "lmnop", "qrstu", "rstuv", "stuvw"], windows.Distinct().Order(StringComparer.Ordinal));
        // A document counts once, however long it is. Six standard deviations.
        Assert.InRange(windows.Count(window => window[0] < 'q'), 1000 - 6 * 22.4, 1000 + 6 * 22.4);
    }

    [Fact]
    public void Read_DocumentsOfAPlainText_AreItsParagraphs() =>
        Assert.Equal(["cd\nef", "d\nefg"], Read("text.txt", "ab\n\n \ncd\nefg\n\n", samples: 200, length: 5, CalibrationTake.Documents)
            .Distinct().Order(StringComparer.Ordinal));

    // What Python 3.11 gives for: rows = the lines with their LF, "" for blank ones; random.seed(seed); text = "\n\n".join(rows) (gptq) or
    // " ".join(rows); i = random.randint(0, len(text) - 5 - 1); text[i:i + 5].
    [Theory]
    [InlineData("Gptq", 0, "tuvwx|jklm\n|qrstu|uvwxy")]
    [InlineData("Gptq", 7, "\nijkl|efgh\n|jklm\n|\nnopq")]
    [InlineData("Wanda", 0, "klm\n |tuvwx|lm\n  |bcdef")]
    [InlineData("Sparsegpt", 7, "ijklm|efgh\n|klm\n |pqrst")]
    public void Read_PublishedDrawOfAText_IsThatOfThePythonCode(string take, int seed, string windows) =>
        Assert.Equal(windows.Split('|'), Read("text.txt", "abcdefgh\nijklm\n\nnopqrstuvwxyz\n", 4, 5, Enum.Parse<CalibrationTake>(take), seed));

    // The same of documents: i = random.randint(0, 3), again until a document is longer than 5; then a place in it.
    [Theory]
    [InlineData("Gptq", 0, "uvwxy|lmnop|tuvwx|tuvwx|klmno|klmno")]
    [InlineData("Wanda", 7, "klmno|rstuv|klmno|uvwxy|rstuv|rstuv")]
    public void Read_PublishedDrawOfDocuments_IsThatOfThePythonCode(string take, int seed, string windows) =>
        Assert.Equal(windows.Split('|'), Read("text.jsonl",
            """{"text":"abc"}""" + "\n" + """{"text":"fghij"}""" + "\n" + """{"text":"klmnopq"}""" + "\n" + """{"text":"rstuvwxyz"}""",
            6, 5, Enum.Parse<CalibrationTake>(take), seed));

    [Theory]
    [InlineData("text.jsonl", "{\"text\":\"abcde\"}")]
    [InlineData("text.txt", "abcd\n")]
    public void Read_PublishedDrawOfShortText_SaysSo(string file, string content) =>
        Assert.Contains("has no document of more than 5 tokens. Give a longer text", Assert.Throws<LlmKickException>(() =>
            Read(file, content, 1, 5, CalibrationTake.Gptq)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Random")]
    [InlineData("Documents")]
    public void Read_Seed_DecidesTheDraw(string take)
    {
        var text = string.Join("\n\n", Enumerable.Range(0, 30).Select(i => Letters[..(10 + i % 10)] + i));
        Assert.Equal(Read("text.txt", text, 20, 8, Enum.Parse<CalibrationTake>(take), seed: 1),
            Read("text.txt", text, 20, 8, Enum.Parse<CalibrationTake>(take), seed: 1));
        Assert.NotEqual(Read("text.txt", text, 20, 8, Enum.Parse<CalibrationTake>(take), seed: 1),
            Read("text.txt", text, 20, 8, Enum.Parse<CalibrationTake>(take), seed: 2));
    }

    [Fact]
    public void Read_Shuffled_IsTheSameInAnotherOrder()
    {
        string[] plain = ["ab", "cd", "ef", "gh", "ij", "kl", "mn", "op", "qr", "st"];
        var orders = Enumerable.Range(0, 5).Select(seed => Read("text.txt", Letters, 10, 2, seed: seed, shuffled: true)).ToList();
        Assert.All(orders, order => Assert.Equal(plain, order.Order(StringComparer.Ordinal)));
        Assert.Equal(5, orders.Select(order => string.Concat(order)).Where(order => order != string.Concat(plain)).Distinct().Count());
    }

    [Theory]
    [InlineData("First", 6, 5, "has 26 tokens, and 6 sequences of 5 need 30.")]
    [InlineData("Random", 1, 27, "has 26 tokens, and a sequence needs 27.")]
    [InlineData("Documents", 1, 26, "has 1 documents, the longest of 26 tokens, and none is longer than 26.")]
    public void Read_TextTooShort_SaysWhatIsThereAndWhatIsNeeded(string take, int samples, int length, string reason)
    {
        var failure = Assert.Throws<LlmKickException>(() => Read("text.txt", Letters, samples, length, Enum.Parse<CalibrationTake>(take)));
        Assert.Equal($"calibration: '{folder.File("text.txt")}' {reason} Give a longer text, or ask for fewer `samples` or a smaller "
            + $"`length`.", failure.Message);
    }

    [Theory]
    [InlineData("First")]
    [InlineData("Random")]
    [InlineData("Documents")]
    public void Read_EmptyText_IsTooShort(string take) =>
        Assert.Contains("Give a longer text", Assert.Throws<LlmKickException>(() =>
            Read("text.txt", "", 1, 2, Enum.Parse<CalibrationTake>(take))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{\"text\":\"a\"}\nnonsense", ":2: not a JSON object with a string `text`. ")]
    [InlineData("{\"content\":\"a\"}", ":1: not a JSON object with a string `text`.")]
    [InlineData("{\"text\":1}", ":1: not a JSON object with a string `text`.")]
    public void Read_WrongJsonLine_SaysWhere(string content, string fault) =>
        Assert.Contains("text.jsonl" + fault, Assert.Throws<LlmKickException>(() => Read("text.jsonl", content, 1, 2)).Message,
            StringComparison.Ordinal);

    private List<string> Read(string file, string content, int samples, int length, CalibrationTake take = CalibrationTake.First,
        int seed = 0, bool shuffled = false)
    {
        File.WriteAllText(folder.File(file), content);
        var spec = new CalibrationSpec { Text = folder.File(file), Samples = samples, Length = length, Take = take };
        return [.. new CalibrationReader(spec with { Seed = seed, IsShuffled = shuffled }, Tokenizer).Read()
            .Sequences.Select(sequence => Tokenizer.Decode(sequence))];
    }
}
