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

    /// <summary>What a Python script that does as the repositories' code does (random.seed, random.randint) gives for a tokenizer of
    /// characters that puts ^ before each text.</summary>
    [Theory]
    [InlineData("Gptq", 0, new[] { "\n\nijkl", "ijklmn", "\n = A ", "bcdefg", "op\n\n\n\n" })]
    [InlineData("Gptq", 7, new[] { "fgh\n\n\n", " \n\n\n\n\n", "\nijklm", "stuvwx", " = A =" })]
    [InlineData("Sparsegpt", 0, new[] { "klmnop", "mnop\n ", " = A =", "efgh\n ", " qrstu" })]
    [InlineData("Wanda", 0, new[] { "klmnop", "mnop\n ", " = A =", "efgh\n ", " qrstu" })]
    [InlineData("Wanda", 7, new[] { "\n ijkl", "\n  abc", "lmnop\n", "= A = ", " A = \n" })]
    public void Read_AsPublished_OfWikiText_IsWindowsOfOneStream(string take, int seed, string[] windows) =>
        Assert.Equal(windows, Read("wiki.train.raw", " \n = A = \n \nabcdefgh\nijklmnop\n \nqrstuvwxyz\n", 5, 6,
            Enum.Parse<CalibrationTake>(take), seed, tokenizer: new CodeUnitTokenizer("^")));

    /// <summary>As above. With seed 3 the document of just six tokens is drawn: GPTQ's code stops there, as of it no window can be
    /// drawn.</summary>
    [Theory]
    [InlineData("Gptq", 0, new[] { "stuvwx", "lmnopq", "stuvwx", "stuvwx", "ABCDEF", "ABCDEF", "^lmnop", "BCDEFG" })]
    [InlineData("Wanda", 7, new[] { "^lmnop", "tuvwxy", "^ABCDE", "^lmnop", "ABCDEF", "stuvwx", "^fghij", "CDEFGH" })]
    [InlineData("Sparsegpt", 3, new[] { "^fghij", "lmnopq", "^12345", "^ABCDE", "^ABCDE", "stuvwx", "ABCDEF", "^fghij" })]
    [InlineData("Wanda", 3, new[] { "^fghij", "lmnopq", "^ABCDE", "^ABCDE", "stuvwx", "ABCDEF", "^fghij", "DEFGHI" })]
    public void Read_AsPublished_OfC4_IsWindowsOfDocuments(string take, int seed, string[] windows)
    {
        string[] documents = ["abc", "fghijk", "lmnopqr", "stuvwxyz", "ABCDEFGHIJ", "12345"];
        Assert.Equal(windows, Read("c4.jsonl", string.Join('\n', documents.Select(document => $$"""{"text":"{{document}}"}""")), 8, 6,
            Enum.Parse<CalibrationTake>(take), seed, tokenizer: new CodeUnitTokenizer("^")));
    }

    [Fact]
    public void Read_Parquet_IsARowADocument_AndAMissingColumnIsTold()
    {
        File.WriteAllBytes(folder.File("stories.parquet"), Convert.FromBase64String(ParquetDataTests.Stories));
        var spec = new CalibrationSpec { Text = folder.File("stories.parquet"), TextColumn = "article", Samples = 1, Length = 36 };
        Assert.Equal("It rained all day.\n\nThen it snowed.\n"[..35], string.Concat(Read(spec with { Length = 35 }).Single()));
        Assert.Contains("there is no text column 'text' (it has article, highlights, id)",
            Assert.Throws<LlmKickException>(() => Read(spec with { TextColumn = "text" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CsvAndTsv_TakeTheColumn()
    {
        File.WriteAllText(folder.File("a.csv"), "id,body\n1,\"ab\ncd\"\n2,ef\n");
        var spec = new CalibrationSpec { Text = folder.File("a.csv"), Samples = 1, Length = 9 };
        Assert.Equal(["ab\ncd\n\nef"], Read(spec with { TextColumn = "body" }));
        Assert.Contains("there is no column 'text'; the columns are id, body.",
            Assert.Throws<LlmKickException>(() => Read(spec)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("part-*.jsonl")]
    public void Read_SeveralFiles_AreOneTextInTheOrderOfTheirNames(string pattern)
    {
        Directory.CreateDirectory(folder.File("set"));
        foreach (var (name, text) in new[] { ("part-10.jsonl", "C"), ("part-02.jsonl", "B"), ("part-01.jsonl", "A") })
            File.WriteAllText(folder.File("set/" + name), $$"""{"text":"{{text}}"}""");
        Assert.Equal(["A\n\nB\n\nC"], Read(new CalibrationSpec { Text = folder.File("set/" + pattern), Samples = 1, Length = 7 }));
    }

    [Fact]
    public void Read_FilesOfSeveralKinds_AreRefused()
    {
        Directory.CreateDirectory(folder.File("set"));
        File.WriteAllText(folder.File("set/README.md"), "x");
        File.WriteAllText(folder.File("set/a.jsonl"), "{}");
        Assert.Contains("there are files of several kinds (.jsonl, .md); name those of one, such as '*.",
            Assert.Throws<LlmKickException>(() => Read(new CalibrationSpec { Text = folder.File("set"), Samples = 1, Length = 2 })).Message,
            StringComparison.Ordinal);
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
        int seed = 0, bool shuffled = false, CodeUnitTokenizer? tokenizer = null)
    {
        File.WriteAllText(folder.File(file), content);
        return Read(new CalibrationSpec
        {
            Text = folder.File(file), Samples = samples, Length = length, Take = take, Seed = seed, IsShuffled = shuffled,
        }, tokenizer);
    }

    private static List<string> Read(CalibrationSpec spec, CodeUnitTokenizer? tokenizer = null) =>
        [.. new CalibrationReader(spec, tokenizer ?? Tokenizer).Read().Sequences.Select(sequence => Tokenizer.Decode(sequence))];
}
