using System.Text;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;

namespace LlmKick.Tests.Files;

public sealed class TextFileTests
{
    private const string Text = "one\ncafé 日本 🙂\n";

    public static TheoryData<Encoding, bool> Readable => new()
    {
        { new UTF8Encoding(false), false }, { new UTF8Encoding(true), true }, { new UnicodeEncoding(false, true), true },
        { new UnicodeEncoding(true, true), true }, { new UTF32Encoding(false, true), true }, { new UTF32Encoding(true, true), true },
    };

    [Theory]
    [MemberData(nameof(Readable))]
    public void Decode_Utf8OrMarked_IsTheText(Encoding encoding, bool isMarked) =>
        Assert.Equal(Text, TextFile.Decode([.. isMarked ? encoding.GetPreamble() : [], .. encoding.GetBytes(Text)], "a.txt"));

    [Fact]
    public void Decode_Latin1_NamesFileLineAndByte() =>
        Assert.Equal("a.txt:2: the byte 0xE9 is no UTF-8 here: the file may be Latin-1 or Windows-1252. Save it as UTF-8.",
            Refusal(Encoding.Latin1.GetBytes("one\ncafé\n")));

    [Fact]
    public void Decode_Utf16WithoutMark_IsRefused() =>
        Assert.StartsWith("a.txt:1: every second byte is zero here", Refusal(Encoding.Unicode.GetBytes("one")), StringComparison.Ordinal);

    [Fact]
    public void Decode_ZeroAmongLetters_IsText() => Assert.Equal("a\0bcd", TextFile.Decode("a\0bcd"u8, "a.txt"));

    [Fact]
    public void Decode_MarkedTextCutInACharacter_IsRefused() =>
        Assert.StartsWith("a.txt:2: this is no ", Refusal([0xFF, 0xFE, (byte)'a', 0, (byte)'\n', 0, (byte)'b']), StringComparison.Ordinal);

    [Fact]
    public void Lines_AllEnds_AreCut() => Assert.Equal(["a", "", "b", "c"], TextFile.Lines("a\r\n\nb\rc\n"));

    private static string Refusal(byte[] bytes) => Assert.Throws<LlmKickException>(() => TextFile.Decode(bytes, "a.txt")).Message;
}
