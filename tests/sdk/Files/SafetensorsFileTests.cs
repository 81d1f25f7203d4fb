using System.Text;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;

namespace LlmKick.Tests.Files;

public sealed class SafetensorsFileTests : IDisposable
{
    private const string Header = """
        {"__metadata__":{"format":"pt","note":"ä"},"b":{"dtype":"I64","shape":[],"data_offsets":[0,8]},
         "a":{"dtype":"F32","shape":[2,3],"data_offsets":[8,32]},"e":{"dtype":"F16","shape":[0,5],"data_offsets":[32,32]}}
        """;

    private const int DataLength = 32;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Open_ValidFile_GivesShapesBytesAndTexts()
    {
        using var file = Open(SafetensorsBytes.Of(Header, DataLength));
        using var scope = TorchSharp.torch.NewDisposeScope();

        Assert.Equal("ä", file.Metadata["note"]);
        Assert.Equal(Enumerable.Range(8, 24).Select(i => (byte)i), file.Bytes("a").ToArray());
        Assert.Equal(0x0706050403020100, file.Read("b").item<long>());
        Assert.Equal([2, 3], file.Read("a").shape);
        Assert.Equal([0, 5], file.Read("e").shape);
    }

    [Theory]
    [InlineData("F4", "[3,4]", 6)]
    [InlineData("F6_E2M3", "[4]", 3)]
    [InlineData("F6_E3M2", "[4,2]", 6)]
    [InlineData("C64", "[2]", 16)]
    [InlineData("F8_E4M3FNUZ", "[5]", 5)]
    public void Open_TypeThatTorchLacks_IsListedAndReadAsBytes(string dtype, string shape, int length)
    {
        using var file = Open(SafetensorsBytes.Of(One(dtype, shape, $"[0,{length}]"), length));

        Assert.Equal(dtype, file.Entries["a"].Dtype.Name);
        Assert.Equal(length, file.Bytes("a").Length);
        Assert.Contains(dtype, Assert.Throws<LlmKickException>(() => file.Read("a")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("F4", "[3]", 1)]
    [InlineData("F4", "[3]", 2)]
    [InlineData("F6_E2M3", "[2]", 2)]
    public void Open_PartsOfBytes_AreRefused(string dtype, string shape, int length) =>
        AssertRefused(SafetensorsBytes.Of(One(dtype, shape, $"[0,{length}]"), length), "which does not fit its shape");

    public static TheoryData<string, string> WrongHeaders => new()
    {
        { "", "its header is not JSON" },
        { "{", "its header is not JSON" },
        { "[]", "its header is not a JSON object" },
        { "{} x", "its header is not JSON" },
        { string.Concat(Enumerable.Repeat("{\"a\":", 5000)), "its header is not JSON" },
        { "{\"\\ud800\":{}}", "half a surrogate pair" },
        { "{\"a\":1}", "tensor 'a' is not described by an object" },
        { One("F33", "[1]", "[0,4]"), "tensor 'a' has the dtype 'F33', which is not known; known: BOOL, F4," },
        { One("F32", "[1]", "[0,4]").Replace("\"dtype\":\"F32\",", "", StringComparison.Ordinal),
            "tensor 'a' has the dtype '', which is not known" },
        { One("F32", "7", "[0,4]"), "tensor 'a' has no valid shape" },
        { One("F32", "[-1]", "[0,4]"), "tensor 'a' has no valid shape" },
        { One("F32", "[1.5]", "[0,4]"), "tensor 'a' has no valid shape" },
        { One("F32", "[\"1\"]", "[0,4]"), "tensor 'a' has no valid shape" },
        { One("F32", "[99999999999999999999]", "[0,4]"), "tensor 'a' has no valid shape" },
        { One("F32", "[1]", "[4,0]"), "tensor 'a' has no valid data_offsets" },
        { One("F32", "[1]", "[0]"), "tensor 'a' has no valid data_offsets" },
        { One("F32", "[1]", "[0,4,8]"), "tensor 'a' has no valid data_offsets" },
        { One("F32", "[3]", "[0,12]"), "ends at byte 12 of the data, which has 8; the file may be cut short" },
        { One("F32", "[3]", "[0,8]"), "tensor 'a' has 8 bytes, which does not fit its shape [3] in F32" },
        { One("F32", "[4611686018427387904,4]", "[0,8]"), "does not fit its shape" },
        { One("F32", "[9223372036854775807,9223372036854775807,9223372036854775807]", "[0,8]"), "does not fit its shape" },
        { One("F32", "[2]", "[0,8]") + "x", "its header is not JSON" },
        { One("F32", "[1]", "[0,4]"), "4 bytes at its end belong to no tensor" },
        { One("F32", "[1]", "[4,8]"), "tensor 'a' leaves a gap before it" },
        { Two("[0,4]", "[0,4]"), "overlaps the tensor before it" },
        { Two("[0,4]", "[2,6]"), "overlaps the tensor before it" },
        { "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
            "the key 'a' stands twice in one object" },
        { "{\"__metadata__\":[]}", "'__metadata__' is not a map of texts" },
        { "{\"__metadata__\":{\"x\":1}}", "'__metadata__' has a value that is not text: 'x'" },
        { "{}", "8 bytes at its end belong to no tensor" },
        { "{\"line\\nbreak\\u001b[2J\":1}", "tensor 'line\\nbreak\\u001b[2J' is not described by an object" },
    };

    [Theory]
    [MemberData(nameof(WrongHeaders))]
    public void Open_WrongHeader_SaysWhatIsWrong(string header, string sentence) => AssertRefused(SafetensorsBytes.Of(header, 8), sentence);

    [Fact]
    public void Open_BrokenUtf8_SaysSo() =>
        AssertRefused(SafetensorsBytes.Of([.. "{\"a"u8, 0xFF, .. "\":{}}"u8], 8), "It is not UTF-8");

    [Theory]
    [InlineData(0ul, "its header is not JSON")]
    [InlineData(1000ul, "its header claims 1000 bytes but the file has")]
    [InlineData(100_000_001ul, "over the limit")]
    [InlineData(ulong.MaxValue, "over the limit")]
    [InlineData(1ul << 63, "over the limit")]
    public void Open_LyingLength_SaysWhatIsWrong(ulong length, string sentence) =>
        AssertRefused(SafetensorsBytes.Of(Header, DataLength, length), sentence);

    [Fact]
    public void Open_CutAnywhere_IsRefused()
    {
        var whole = SafetensorsBytes.Of(Header, DataLength);
        Assert.All(Enumerable.Range(0, whole.Length), length => AssertRefused(whole[..length], ""));
    }

    [Fact]
    public void Open_MutatedHeader_SucceedsOrSaysOneSentence()
    {
        var whole = SafetensorsBytes.Of(Header, DataLength);
        var path = folder.File("mutant.safetensors");
        Hostile.Fuzz(whole, whole.Length - DataLength, 4000, bytes =>
        {
            File.WriteAllBytes(path, bytes);
            using var file = SafetensorsFile.Open(path);
            foreach (var name in file.Entries.Where(entry => entry.Value.Dtype.ScalarType is not null).Select(entry => entry.Key))
                file.Read(name).Dispose();
        });
    }

    [Theory]
    [InlineData("[0,9223372036854775807,9223372036854775807]")]
    [InlineData("[9223372036854775807,0]")]
    public void Open_EmptyTensorOfHugeShape_SaysWhatIsWrong(string shape) =>
        AssertRefused(SafetensorsBytes.Of(One("F32", shape, "[0,0]"), 0), "does not fit its shape");

    [Theory]
    [InlineData("gone.safetensors", "does not exist")]
    [InlineData(".", "cannot be read")]
    public void Open_NoFile_SaysSo(string name, string sentence) =>
        Assert.Contains(sentence, Hostile.Read(() => SafetensorsFile.Open(folder.File(name)).Dispose(), name)!, StringComparison.Ordinal);

    [Fact]
    public void Read_NoSuchTensor_NamesIt()
    {
        using var file = Open(SafetensorsBytes.Of(Header, DataLength));
        Assert.Contains("no tensor 'x'", Hostile.Read(() => file.Read("x"), "x")!, StringComparison.Ordinal);
    }

    private SafetensorsFile Open(byte[] bytes)
    {
        var path = folder.File("model.safetensors");
        File.WriteAllBytes(path, bytes);
        return SafetensorsFile.Open(path);
    }

    private void AssertRefused(byte[] bytes, string sentence)
    {
        var message = Hostile.Read(() => Open(bytes).Dispose(), Encoding.UTF8.GetString(bytes));
        Assert.NotNull(message);
        Assert.Contains(sentence, message, StringComparison.Ordinal);
        Assert.EndsWith("again, or write it anew.", message, StringComparison.Ordinal);
    }

    private static string One(string dtype, string shape, string offsets) =>
        $"{{\"a\":{{\"dtype\":\"{dtype}\",\"shape\":{shape},\"data_offsets\":{offsets}}}}}";

    private static string Two(string first, string second) =>
        $"{{\"a\":{{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":{first}}},\"b\":{{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":"
            + $"{second}}}}}";
}
