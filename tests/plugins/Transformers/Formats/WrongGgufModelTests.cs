using LlmKick.Transformers.Tokenization.Splitting;

namespace LlmKick.Tests.Transformers.Formats;

/// <summary>GGUF files that are right as files and wrong as models.</summary>
public sealed class WrongGgufModelTests : IDisposable
{
    private const long Width = 32;
    private const long Inner = 32;
    private static readonly string[] Tokens =
        [.. Enumerable.Range(0, 256).Select(b => ByteAlphabet.Character((byte)b).ToString()), "he", "<end>"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Load_TinyModel_WritesAndScores() => LoadedModel.TryOut(Write(Pairs(), Layout()));

    [Fact]
    public void Load_FactorsOfRotaryPositions_AreRead() => LoadedModel.TryOut(Write(Pairs(), [.. Layout(), ("rope_freqs.weight", [8], 1)]));

    [Fact]
    public void Load_HarmlessSettings_AreNoObstacle() =>
        LoadedModel.TryOut(Write([.. Pairs(), ["llama.attention.causal", 7u, true], ["llama.expert_count", 4u, 0u],
            ["llama.attention.head_count_kv", 9u, 5u, 1UL, 2]], Layout()));

    public static TheoryData<string, string> WrongPairs => [.. Wrong.Select((row, i) => ($"{i}: {row.Key}", row.Sentence))];

    [Theory]
    [MemberData(nameof(WrongPairs))]
    public void Load_WrongMetadata_NamesWhatIsWrong(string row, string sentence)
    {
        var (key, value, _) = Wrong[int.Parse(row[..row.IndexOf(':', StringComparison.Ordinal)], null)];
        IEnumerable<object[]> kept = Pairs().Where(pair => (string)pair[0] != key);
        AssertRefused([.. kept, .. value is null ? Array.Empty<object[]>() : [[key, .. value]]], Layout(), sentence);
    }

    [Theory]
    [InlineData("blk.0.ffn_up.weight", null, 0, "lacks the tensor 'blk.0.ffn_up.weight' of shape [32, 32]")]
    [InlineData("blk.0.ffn_up.weight", new long[] { 64, 32 }, 0,
        "has the tensor 'blk.0.ffn_up.weight' of shape [32, 64], its configuration asks for [32, 32]")]
    [InlineData("token_embd.weight", new long[] { 512 }, 0,
        "has the tensor 'token_embd.weight' of shape [512], its configuration asks for [512, 32]")]
    [InlineData("token_embd.weight", new long[] { 32, 200 }, 0, "has a tokenizer of 258 tokens for a model that knows 200")]
    [InlineData("blk.0.extra.weight", new long[] { 4 }, 0,
        "holds the tensor 'blk.0.extra.weight', which the architecture 'llama' does not use")]
    [InlineData("rope_freqs.weight", new long[] { 7 }, 1,
        "has the tensor 'rope_freqs.weight' of shape [7]; heads of which 16 numbers are rotated need [8]")]
    [InlineData("rope_freqs.weight", new long[] { 4, 2 }, 1,
        "has the tensor 'rope_freqs.weight' of shape [2, 4], and one number a frequency is needed")]
    [InlineData("rope_freqs.weight", new long[] { 8 }, 0, "in the tensor 'rope_freqs.weight' a factor that is not a positive number")]
    [InlineData("rope_freqs.weight", new long[] { 8 }, float.NaN,
        "in the tensor 'rope_freqs.weight' a factor that is not a positive number")]
    [InlineData("blk.0.attn_q.weight", new long[] { 32, 32 }, float.PositiveInfinity,
        "in the tensor 'blk.0.attn_q.weight' values that are not finite numbers")]
    [InlineData("output_norm.weight", new long[] { 32 }, float.NaN,
        "in the tensor 'output_norm.weight' values that are not finite numbers")]
    public void Load_WrongTensor_NamesWhatIsWrong(string name, long[]? shape, float value, string sentence)
    {
        var kept = Layout().Where(row => row.Name != name);
        AssertRefused(Pairs(), shape is null ? kept : [.. kept, (name, shape, value)], sentence);
    }

    [Fact]
    public void Load_MutatedHeader_SucceedsOrSaysOneSentence()
    {
        var valid = File(Pairs(), Layout());
        var path = folder.File("mutant.gguf");
        Hostile.Fuzz(valid.ToArray(), valid.HeaderLength, 3000, bytes =>
        {
            System.IO.File.WriteAllBytes(path, bytes);
            LoadedModel.TryOut(path);
        });
    }

    private static readonly (string Key, object[]? Value, string Sentence)[] Wrong =
    [
        ("general.architecture", [8u, "mamba"], "is of the architecture 'mamba', which is not supported"),
        ("general.architecture", [4u, 7u], "'general.architecture' that is not a text"),
        ("general.architecture", null, "has no 'general.architecture'"),
        ("llama.embedding_length", null, "has no 'llama.embedding_length'"),
        ("llama.embedding_length", [4u, 33u], "has a width of 33, which 2 attention heads do not divide"),
        ("llama.embedding_length", [10u, 1UL << 63], "'llama.embedding_length' = 9223372036854775808, which is not a whole number of 1"),
        ("llama.embedding_length", [4u, 64u], "of shape [258, 32], its configuration asks for [258, 64]. Download"),
        ("llama.attention.head_count", [4u, 0u], "'llama.attention.head_count' = 0, which is not a whole number of 1"),
        ("llama.attention.head_count", [5u, -2], "'llama.attention.head_count' = -2"),
        ("llama.attention.head_count", [4u, 64u], "has a width of 32, which 64 attention heads do not divide"),
        ("llama.attention.head_count_kv", [4u, 3u], "has 2 attention heads, which 3 key-value heads do not divide"),
        ("llama.attention.head_count_kv", [9u, 5u, 2UL, 1, 1], "has 2 numbers in 'llama.attention.head_count_kv' for 1 blocks"),
        ("llama.attention.causal", [7u, false], "tokens see those behind them too (attention.causal = false)"),
        ("llama.attention.key_length", [4u, 1u << 24], "has 2 attention heads of width 16777216, more than any model"),
        ("llama.attention.value_length", [4u, 8u], "'attention.value_length' = 8 beside heads of width 16"),
        ("llama.block_count", [4u, 1_000_000_000u], "'llama.block_count' = 1000000000, which is not a whole number of 1"),
        ("llama.block_count", [4u, 1_000_000u], "lacks the tensor 'blk.1.attn_q.weight'"),
        ("llama.rope.scaling.type", [8u, "ntk"], "scales rotary positions by 'ntk', which is not supported"),
        ("llama.rope.freq_base", [6u, float.NaN], "'llama.rope.freq_base' = NaN, which is not a positive number"),
        ("llama.expert_count", [4u, 8u], "has no 'llama.expert_used_count' in its metadata, which is needed"),
        ("llama.expert_count", [4u, 1u << 20], "'llama.expert_count' = 1048576, which is not a whole number of 1 … 16384"),
        ("tokenizer.ggml.model", [8u, "bert"], "its model is 'bert', and only gpt2, llama"),
        ("tokenizer.ggml.model", null, "has no 'tokenizer.ggml.model'"),
        ("tokenizer.ggml.pre", [8u, "warp-9"], "its pre-tokenizer 'warp-9' is not supported; supported: default"),
        ("tokenizer.ggml.tokens", [9u, 8u, 2UL, "a", "a"], "token 'a' has two ids, 0 and 1"),
        ("tokenizer.ggml.tokens", [9u, 5u, 1UL, 7], "'tokenizer.ggml.tokens' that is not a list of texts"),
        ("tokenizer.ggml.tokens", [9u, 8u, 300UL, .. Enumerable.Range(0, 300).Select(i =>
            (object)$"{Tokens[Math.Min(i, 257)]}{(i > 257 ? i : "")}")], "has a tokenizer of 300 tokens for a model that knows 258"),
        ("tokenizer.ggml.token_type", [9u, 5u, 1UL, 1], "it has 258 tokens but 1 entries in 'tokenizer.ggml.token_type'"),
        ("tokenizer.ggml.token_type", [9u, 11u, 258UL, .. Enumerable.Repeat((object)(1L << 40), 258)],
            "'tokenizer.ggml.token_type' that is not a list of integers of 32 bits"),
        ("tokenizer.ggml.eos_token_id", [4u, 258u], "its eos token has the id 258, outside the vocabulary of 258"),
        ("tokenizer.ggml.add_bos_token", [7u, true], "has no 'tokenizer.ggml.bos_token_id'"),
    ];

    private static object[][] Pairs() =>
    [
        ["general.architecture", 8u, "llama"], ["llama.embedding_length", 4u, (uint)Width], ["llama.attention.head_count", 4u, 2u],
        ["llama.block_count", 4u, 1u],
        ["llama.feed_forward_length", 4u, (uint)Inner], ["llama.context_length", 4u, 128u],
        ["llama.attention.layer_norm_rms_epsilon", 6u, 1e-5f],
        ["tokenizer.ggml.model", 8u, "gpt2"], ["tokenizer.ggml.pre", 8u, "gpt-2"],
        ["tokenizer.ggml.tokens", 9u, 8u, (ulong)Tokens.Length, .. Tokens],
        ["tokenizer.ggml.merges", 9u, 8u, 1UL, "h e"], ["tokenizer.ggml.eos_token_id", 4u, 257u],
    ];

    private static List<(string Name, long[] Shape, float Value)> Layout() =>
    [
        ("token_embd.weight", [Width, Tokens.Length], 0.1f), ("output_norm.weight", [Width], 1),
        ("blk.0.attn_norm.weight", [Width], 1), ("blk.0.ffn_norm.weight", [Width], 1),
        .. new[] { "attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down" }
        .Select(name => ($"blk.0.{name}.weight", new[] { Width, Width }, 0.1f)),
    ];

    private static GgufBytes File(IReadOnlyList<object[]> pairs, IEnumerable<(string Name, long[] Shape, float Value)> layout)
    {
        var rows = new List<object[]>();
        var data = new List<byte>();
        foreach (var (name, shape, value) in layout)
        {
            rows.Add([name, (uint)shape.Length, .. shape.Cast<object>(), 0u, (ulong)data.Count]);
            for (long i = 0, count = shape.Aggregate(1L, (product, size) => product * size); i < count; i++)
                data.AddRange(BitConverter.GetBytes(i == count - 1 ? value : (i * 7919 + name.Length) % 97 / 97f + 0.1f));
            while (data.Count % 32 != 0)
                data.Add(0);
        }
        return new GgufBytes { Pairs = pairs, Rows = rows, Data = [.. data] };
    }

    private string Write(IReadOnlyList<object[]> pairs, IEnumerable<(string Name, long[] Shape, float Value)> layout)
    {
        System.IO.File.WriteAllBytes(folder.File("model.gguf"), File(pairs, layout).ToArray());
        return folder.File("model.gguf");
    }

    private void AssertRefused(IReadOnlyList<object[]> pairs, IEnumerable<(string Name, long[] Shape, float Value)> layout, string sentence)
    {
        var path = Write(pairs, layout);
        var message = Hostile.Read(() => LoadedModel.Load(path), sentence);
        Assert.NotNull(message);
        Assert.Contains(sentence, message, StringComparison.Ordinal);
    }
}
