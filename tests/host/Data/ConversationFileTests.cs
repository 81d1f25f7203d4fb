using System.Text;
using LlmKick.Data;
using LlmKick.Recipes;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Tests.Plugins;

namespace LlmKick.Tests.Data;

/// <summary>Calibration on conversations, as the model's own template writes them.</summary>
public sealed class ConversationFileTests : IDisposable
{
    private const string Template = "{% for m in messages %}<{{ m['role'] }}>{{ m['content'] }}{% endfor %}"
        + "{% if add_generation_prompt %}<assistant>{% endif %}";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_MessagesAndShareGpt_AreWrittenByTheTemplateAndNotPadded() =>
        Assert.Equal(["<user>a<assistant>bc", "<user>d<assistant>a "], Read(2, 20,
            """{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"bc"}]}""",
            """{"conversations":[{"from":"human","value":"d"},{"from":"gpt","value":"a long answer"}]}"""));

    [Fact]
    public void Read_Random_DrawsWithoutReplacementByTheSeed()
    {
        var lines = Enumerable.Range(0, 9).Select(i => $$$"""{"messages":[{"role":"user","content":"{{{i}}}"}]}""").ToArray();
        var drawn = Enumerable.Range(0, 4).Select(seed => string.Concat(Read(9, 50, lines, CalibrationTake.Random, seed))).ToList();

        Assert.True(drawn.Distinct().Count() > 2);
        Assert.All(drawn, all => Assert.Equal(9, all.Split('>').Skip(1).Distinct().Count()));
    }

    [Theory]
    [InlineData("""{"messages":[]}""", ":1: not an object with `messages`")]
    [InlineData("""{"text":"a"}""", ":1: not an object with `messages`")]
    [InlineData("""{"messages":[{"role":"user"}]}""", ":1: not an object with `messages`")]
    [InlineData("""{"messages":[{"role":"user","content":"a"}]}""", "has 1 conversations, and `samples` asks for 2.")]
    public void Read_WrongFile_SaysWhatIsWrong(string line, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<LlmKickException>(() => Read(2, 9, line)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_ModelWithoutATemplate_SaysSo() =>
        Assert.Contains("the model has no chat template", Assert.Throws<LlmKickException>(() =>
            new CalibrationReader(Spec(1, 9, ["{}"]), new CodeUnitTokenizer()).Read()).Message, StringComparison.Ordinal);

    private List<string> Read(int samples, int length, params string[] lines) => Read(samples, length, lines, CalibrationTake.First, 0);

    private List<string> Read(int samples, int length, string[] lines, CalibrationTake take, int seed) =>
        [.. new CalibrationReader(Spec(samples, length, lines) with { Take = take, Seed = seed }, new ChatTokenizer()).Read()
            .Sequences.Select(sequence => new CodeUnitTokenizer().Decode(sequence))];

    private CalibrationSpec Spec(int samples, int length, string[] lines)
    {
        File.WriteAllLines(folder.File("chats.jsonl"), lines);
        return new CalibrationSpec { Messages = folder.File("chats.jsonl"), Samples = samples, Length = length };
    }

    private sealed class ChatTokenizer : ITokenizer
    {
        private readonly CodeUnitTokenizer units = new();

        public int VocabularySize => units.VocabularySize;

        public string Hash => "chat";

        public int? BeginOfText => null;

        public IReadOnlyList<int> EndOfText => [];

        public string? ChatTemplate => Template;

        public int[] Encode(string text, bool addSpecial = false, bool parseSpecial = true) => units.Encode(text, addSpecial, parseSpecial);

        public string Decode(IReadOnlyList<int> ids, bool skipSpecial = false) => units.Decode(ids, skipSpecial);

        public ReadOnlyMemory<byte> Bytes(int id) => Encoding.UTF8.GetBytes(Decode([id]));

        public bool IsSpecial(int id) => false;
    }
}
