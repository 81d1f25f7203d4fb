using System.Text;
using LlmKick.Transformers.Formats.Gguf;
using LlmKick.Transformers.Formats.Weights;
using TorchSharp;

namespace LlmKick.Tests.Transformers.Formats;

public sealed class GgufFileTests : IDisposable
{
    private static readonly GgufBytes Valid = new()
    {
        Pairs =
        [
            ["u8", 0u, (byte)200], ["i8", 1u, (sbyte)-3], ["u16", 2u, (ushort)60000], ["i16", 3u, (short)-3000],
            ["u32", 4u, 4000000000u], ["i32", 5u, -7],
            ["f32", 6u, 0.5f], ["flag", 7u, true], ["text", 8u, "grün"], ["u64", 10u, 1UL << 63], ["i64", 11u, -1L], ["f64", 12u, 0.1],
            ["bytes", 9u, 0u, 2UL, (byte)1, (byte)2], ["shorts", 9u, 3u, 2UL, (short)-1, (short)2], ["ints", 9u, 5u, 3UL, 1, -2, 3],
            ["longs", 9u, 11u, 1UL, 5L],
            ["floats", 9u, 6u, 2UL, 1f, 2f], ["doubles", 9u, 12u, 1UL, 1d], ["flags", 9u, 7u, 2UL, true, false],
            ["texts", 9u, 8u, 2UL, "a", "bc"], ["none", 9u, 8u, 0UL],
        ],
        Rows =
        [
            ["single", 2u, 4L, 2L, 0u, 0UL], ["half", 1u, 4L, 1u, 32UL], ["brain", 1u, 2L, 30u, 64UL], ["q8", 2u, 32L, 2L, 8u, 96UL],
            ["q4", 1u, 32L, 2u, 192UL],
        ],
        Data =
        [
            .. Enumerable.Range(0, 8).SelectMany(i => BitConverter.GetBytes(i / 4f)),
            .. Pad(Enumerable.Range(0, 4).SelectMany(i => BitConverter.GetBytes((Half)i)), 32),
            .. Pad([0x80, 0x3F, 0x00, 0xC0], 32),
            .. Pad([.. Block8(0.5f), .. Block8(-2f)], 96),
            .. BitConverter.GetBytes((Half)2f), .. Enumerable.Repeat((byte)0x97, 16),
        ],
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Open_ValidFile_GivesEveryKindOfValue()
    {
        using var file = Open(Valid);
        var metadata = file.Metadata;

        Assert.Equal([200, -3, 60000, -3000, 4000000000, -7, -1],
            new[] { "u8", "i8", "u16", "i16", "u32", "i32", "i64" }.Select(key => metadata.Integer(key)!.Value));
        Assert.Equal([0.5, 0.1, 200], new[] { "f32", "f64", "u8" }.Select(key => metadata.Number(key)!.Value));
        Assert.True(metadata.Flag("flag"));
        Assert.Equal("grün", metadata.Text("text"));
        Assert.Equal(["a", "bc"], metadata.Texts("texts")!);
        Assert.Empty(metadata.Texts("none")!);
        Assert.Equal([[1, 2], [-1, 2], [1, -2, 3], [5], [1, 0]],
            new[] { "bytes", "shorts", "ints", "longs", "flags" }.Select(key => metadata.Integers(key)!));
        Assert.Null(metadata.Integer("absent"));
        Assert.Contains("'u64' that is not an integer", Hostile.Read(() => metadata.Integer("u64"), "u64")!, StringComparison.Ordinal);
        Assert.Contains("'floats' that is not a list of integers", Hostile.Read(() => metadata.Integers("floats"), "floats")!,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ValidFile_GivesEveryTensor()
    {
        using var file = Open(Valid);

        Assert.Equal([2, 4], file.Tensor("single").Shape);
        Assert.Equal(Enumerable.Range(0, 8).Select(i => i / 4f), Values(file, "single"));
        Assert.Equal([0, 1, 2, 3], Values(file, "half"));
        Assert.Equal([1, -2], Values(file, "brain"));
        Assert.Equal([.. Enumerable.Range(-16, 32).Select(i => i * 0.5f), .. Enumerable.Range(-16, 32).Select(i => i * -2f)],
            Values(file, "q8"));
        Assert.Equal([.. Enumerable.Repeat(-2f, 16), .. Enumerable.Repeat(2f, 16)], Values(file, "q4"));
    }

    public static TheoryData<string, string> WrongFiles => [.. Wrong.Select(row => (row.Name, row.Sentence))];

    [Theory]
    [MemberData(nameof(WrongFiles))]
    public void Open_WrongFile_SaysWhatIsWrong(string name, string sentence) =>
        AssertRefused(Wrong.Single(row => row.Name == name).File.ToArray(), sentence);

    [Fact]
    public void Open_CutAnywhere_IsRefused()
    {
        var whole = Valid.ToArray();
        Assert.All(Enumerable.Range(0, whole.Length), length => AssertRefused(whole[..length], ""));
    }

    [Fact]
    public void Open_MutatedHeader_SucceedsOrSaysOneSentence()
    {
        var path = folder.File("mutant.gguf");
        Hostile.Fuzz(Valid.ToArray(), Valid.HeaderLength, 5000, bytes =>
        {
            File.WriteAllBytes(path, bytes);
            using var file = GgufFile.Open(path);
            foreach (var tensor in file.Tensors.Values)
                GgufTensorData.Read(file, tensor, torch.ScalarType.Float32).Dispose();
        });
    }

    private static (string Name, GgufBytes File, string Sentence)[] Wrong { get; } =
    [
        ("magic", Valid with { Magic = "GGUX"u8.ToArray() }, "it does not begin with 'GGUF'"),
        ("version 1", Valid with { Version = 1u }, "its version is 1"),
        ("version 4", Valid with { Version = 4u }, "its version is 4"),
        ("big-endian", Valid with { Version = 3u << 24 }, "it is big-endian"),
        ("many tensors", Valid with { TensorCount = 1UL << 63 },
            "the number of tensors is 9223372036854775808, more than the rest of the file can hold"),
        ("one tensor more", Valid with { TensorCount = 6UL }, ". Download the file again, or write it anew."),
        ("many pairs", Valid with { PairCount = ulong.MaxValue }, "the number of metadata pairs is 18446744073709551615, more than"),
        ("key past the end", Pair([1UL << 40, "x"u8.ToArray()]), "it ends inside a metadata key"),
        ("key of 2^64 − 1", Pair([ulong.MaxValue]), "it ends inside a metadata key"),
        ("long key", Pair([new string('k', 70000), 0u, (byte)0]), "a metadata key has 70000 bytes, over the limit of 65535"),
        ("key twice", Pair(["k", 0u, (byte)0], ["k", 0u, (byte)0]), "the metadata key 'k' is there twice"),
        ("key no UTF-8", Pair([2UL, new byte[] { 0xC3, 0x28 }, 0u, (byte)0]), "a metadata key is not UTF-8"),
        ("text past the end", Pair(["k", 8u, 1UL << 62]), "it ends inside the metadata value 'k'"),
        ("text no UTF-8", Pair(["k", 8u, 1UL, new byte[] { 0xFF }]), "the metadata value 'k' is not UTF-8"),
        ("unknown value", Pair(["k", 13u, 0UL]), "the metadata value 'k' has the unknown type 13"),
        ("unknown item", Pair(["k", 9u, 99u, 0UL]), "the metadata value 'k' has the unknown type 99"),
        ("list of lists", Pair(["k", 9u, 9u, 1UL, 9u, 1UL, 0u, 0UL]), "the metadata value 'k' is a list of lists"),
        ("long list", Pair(["k", 9u, 0u, 1UL << 63]), "the length of the metadata value 'k' is 9223372036854775808"),
        ("list that overflows", Pair(["k", 9u, 12u, (1UL << 61) + 1]), "the length of the metadata value 'k' is 2305843009213693953"),
        ("list past the end", Pair(["k", 9u, 11u, 40UL, new byte[64]]), "it ends inside the metadata value 'k'"),
        ("texts past the end", Pair(["k", 9u, 8u, 2UL, "a", 1UL << 33]), "it ends inside the metadata value 'k'"),
        ("alignment 0", Pair(["general.alignment", 4u, 0u]), "its alignment is 0, which is not a power of two"),
        ("alignment 48", Pair(["general.alignment", 4u, 48u]), "its alignment is 48"),
        ("alignment negative", Pair(["general.alignment", 5u, -32]), "its alignment is -32"),
        ("alignment huge", Pair(["general.alignment", 10u, 1UL << 62]), "its alignment is 4611686018427387904"),
        ("alignment text", Pair(["general.alignment", 8u, "32"]), "'general.alignment' that is not an integer"),
        ("tensor twice", Row(["t", 1u, 8L, 0u, 0UL], ["t", 1u, 8L, 0u, 32UL]), "tensor 't' is listed twice"),
        ("long tensor name", Row([new string('t', 65), 1u, 8L, 0u, 0UL]), "a tensor name has 65 bytes, over the limit of 64"),
        ("tensor name no UTF-8", Row([1UL, new byte[] { 0x80 }, 1u, 8L, 0u, 0UL]), "a tensor name is not UTF-8"),
        ("tensor name with control characters", Row(["\u001b[2J\n", 0u, 8L, 0u, 0UL]), "tensor '\\u001b[2J\\n' has 0 dimensions"),
        ("no dimension", Row(["t", 0u, 8L, 0u, 0UL]), "tensor 't' has 0 dimensions, not 1 to 4"),
        ("five dimensions", Row(["t", 5u, 1L, 1L, 1L, 1L, 1L, 0u, 0UL]), "tensor 't' has 5 dimensions"),
        ("dimension 0", Row(["t", 2u, 8L, 0L, 0u, 0UL]), "tensor 't' has a dimension that is not positive"),
        ("dimension negative", Row(["t", 2u, 8L, -1L, 0u, 0UL]), "tensor 't' has a dimension that is not positive"),
        ("product overflows", Row(["t", 3u, 1L << 31, 1L << 31, 1L << 31, 0u, 0UL]),
            "tensor 't' of shape [2147483648, 2147483648, 2147483648] is larger than any file"),
        ("bytes overflow", Row(["t", 2u, 1L << 31, (1L << 32) - 1, 0u, 0UL]), "is larger than any file"),
        ("unknown type", Row(["t", 1u, 8L, 77u, 0UL]), "tensor 't' has type 77 (unknown), which is not supported; supported are F32"),
        ("known but unsupported type", Row(["t", 1u, 256L, 16u, 0UL]), "tensor 't' has type IQ2_XXS, which is not supported"),
        ("half a block", Row(["t", 2u, 48L, 1L, 2u, 0UL]), "tensor 't' has rows of 48 values, which are no whole blocks of 32 (Q4_0)"),
        ("offset not aligned", Row(["t", 1u, 8L, 0u, 4UL]), "tensor 't' is at offset 4, which is no multiple of the alignment 32"),
        ("offset past the end", Row(["t", 1u, 8L, 0u, 1UL << 20]), "tensor 't' lies outside the file's"),
        ("offset of 2^64 − 32", Row(["t", 1u, 8L, 0u, ulong.MaxValue - 31]), "tensor 't' lies outside the file's"),
        ("data past the end", Row(["t", 1u, 1L << 20, 0u, 0UL]), "tensor 't' lies outside the file's"),
        ("overlap", Row(["a", 1u, 16L, 0u, 0UL], ["b", 1u, 8L, 0u, 32UL]), "tensors 'a' and 'b' overlap"),
        ("same place", Row(["a", 1u, 8L, 0u, 0UL], ["b", 1u, 8L, 0u, 0UL]), "tensors 'a' and 'b' overlap"),
    ];

    private static GgufBytes Pair(params object[][] pairs) => new() { Pairs = pairs, Data = new byte[128] };

    private static GgufBytes Row(params object[][] rows) => new() { Rows = rows, Data = new byte[128] };

    private GgufFile Open(GgufBytes file) => Open(file.ToArray());

    private GgufFile Open(byte[] bytes)
    {
        File.WriteAllBytes(folder.File("model.gguf"), bytes);
        return GgufFile.Open(folder.File("model.gguf"));
    }

    private void AssertRefused(byte[] bytes, string sentence)
    {
        var message = Hostile.Read(() => Open(bytes).Dispose(), Encoding.Latin1.GetString(bytes));
        Assert.NotNull(message);
        Assert.Contains(sentence, message, StringComparison.Ordinal);
    }

    private static float[] Values(GgufFile file, string name)
    {
        using var tensor = GgufTensorData.Read(file, file.Tensor(name), torch.ScalarType.Float32);
        return tensor.data<float>().ToArray();
    }

    private static IEnumerable<byte> Pad(IEnumerable<byte> bytes, int length) => bytes.Concat(new byte[length]).Take(length);

    private static IEnumerable<byte> Block8(float scale) => BitConverter.GetBytes((Half)scale)
        .Concat(Enumerable.Range(-16, 32).Select(i => (byte)(sbyte)i));
}
