using LlmKick.Transformers.Tokenization.Splitting;

namespace LlmKick.Transformers.Tokenization.Gguf;

/// <summary>
/// The values of <c>tokenizer.ggml.pre</c> that llama.cpp knows, with what it does for each: one more is one more row. Its \d is
/// that of ASCII, and other white space than ASCII's is in no range of characters.
/// </summary>
internal static class GgufPres
{
    public const string Default = "default";

    private const string Digit = @"\p{N}";
    private const string Digits3 = @"\p{N}{1,3}";
    private const string Endings = @"(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])";
    private const string AnyEndings = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
    private const string Tail = @" ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+";
    private const string LineTail = @" ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
    private const string Upper = @"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]";
    private const string Lower = @"[\p{Ll}\p{Lm}\p{Lo}\p{M}]";
    private const string Lead = @"[^\r\n\p{L}\p{N}]?";
    private const string AsciiUpper = @"((?=[\p{L}])([^a-z]))";
    private const string AsciiLower = @"((?=[\p{L}])([^A-Z]))";
    private const string Cjk = "[\u4e00-\u9fa5\u3040-\u309f\u30a0-\u30ff]+";
    private const string DeepSeek3 = @"[!""#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+|"
        + @" ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    private static readonly string Gpt2 = Gpt2Rule.Pattern;
    private static readonly string Llama3 = LineAwareRule.Pattern(3);
    private static readonly string Qwen2 = LineAwareRule.Pattern(1);

    private static readonly GgufPre[] Rows =
    [
        new(Default, [@"[\p{P}\$\+<=>\^~\|]+", Gpt2, @"\p{N}+", "[0-9][0-9][0-9]"]),
        new("gpt-2", [Gpt2], ["phi-2", "jina-es", "jina-de", "gigachat", "jina-v2-es", "jina-v2-de", "a.x-4.0", "mellum", "modern-bert",
            "mpt", "olmo", "jais", "trillion", "granite-docling", "exaone4", "jina-v1-en", "jina-v2-code", "roberta-bpe"]),
        new("smollm", [Digit, Gpt2], ["starcoder", "refact", "command-r", "codeshell", "exaone", "minerva-7b", "mellum2"]),
        new("llama-bpe", [Llama3], ["llama3", "llama-v3", "falcon3", "falcon-h1", "pixtral", "midm-2.0", "lfm2", "jina-v5-nano"],
            IgnoreMerges: true, AddBegin: true),
        new("dbrx", [Llama3], ["smaug-bpe", "glm4", "chatglm-bpe"]),
        new("qwen2", [Qwen2], ["deepseek-r1-qwen", "kormo", "f2llmv2", "megrez", "stablelm2", "hunyuan", "solar-open", "grok-2"]),
        new("qwen35", [$@"{Endings}|{Lead}[\p{{L}}\p{{M}}]+|\p{{N}}| ?[^\s\p{{L}}\p{{M}}\p{{N}}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"],
            Published: [[$@"{AnyEndings}|{Lead}[\p{{L}}\p{{M}}]+|\p{{N}}| ?[^\s\p{{L}}\p{{M}}\p{{N}}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"]]),
        new("tekken", [$@"{Lead}{AsciiUpper}*{AsciiLower}+|{Lead}{AsciiUpper}+{AsciiLower}*|\p{{N}}|{Tail}"], IgnoreMerges: true,
            AddBegin: true,
            Published: [[$@"{Lead}{Upper}*{Lower}+|{Lead}{Upper}+{Lower}*|\p{{N}}|{Tail}"]]),
        new("gpt-4o", [$@"{Lead}{AsciiUpper}*{AsciiLower}+{Endings}?|{Lead}{AsciiUpper}+{AsciiLower}*{Endings}?|\p{{N}}{{1,3}}|{Tail}"],
            ["llama4", "kanana2", "talkie", "minimax-m2"],
            Published: [[$@"{Lead}{Upper}*{Lower}+{AnyEndings}?|{Lead}{Upper}+{Lower}*{AnyEndings}?|\p{{N}}{{1,3}}|{Tail}"]]),
        // Here the makers' own rule: the borders that llama.cpp finds behind digits depend on its C++ library.
        new("tiny_aya", [@"\d{1,3}(?=(?:\d{3})*\b)",
            $@"{Lead}{Upper}*{Lower}+{Endings}?|{Lead}{Upper}+{Lower}*{Endings}?|\p{{N}}{{1,3}}|{Tail}"], ["cohere2moe"],
            Published: [[@"\d{1,3}(?=(?:\d{3})*\b)",
                $@"{Lead}{Upper}*{Lower}+{AnyEndings}?|{Lead}{Upper}+{Lower}*{AnyEndings}?|\p{{N}}{{1,3}}|{Tail}"]]),
        new("youtu",
            ["[\uac00-\ud7a3\u3131-\u318e]+|[\uff01\u2026\u201c\u201d\u2018\u2019\u2014\uff1a\uff1b\uff0c\u3001-\u303f\ufe30-\ufe4f]+|"
                + "[\u3105-\u312f]+|" + Cjk,
                $@"{Lead}{Upper}*{Lower}+{Endings}?|{Lead}{Upper}+{Lower}*{Endings}?|\p{{N}}|{Tail}"],
            IgnoreMerges: true),
        new("deepseek-v3", [Digits3, Cjk, DeepSeek3], ["hunyuan-dense", "hy_v4", "joyai-llm"]),
        new("deepseek-coder", [@"[\r\n]", @"\s?\p{L}+", @"\s?\p{P}+", @"[\u4e00-\u9fa5\u0800-\u4e00\uac00-\ud7ff&&[^\s]]+", Digit],
            Published: [[@"[\r\n]", @"\s?\p{L}+", @"\s?\p{P}+", "[\u4e00-\u9fa5\u0800-\u4e00\uac00-\ud7ff]+", Digit]]),
        new("falcon", [@"[\p{P}\$\+<=>\^~\|`]+", Gpt2, "[0-9][0-9][0-9]"],
            Published: [[@"[\p{P}\$\+<=>\^~\|`]+", Gpt2, @"\p{N}+", "[0-9][0-9][0-9]"]]),
        new("poro-chat", [@" ?[^(\s|.,!?…。，、।۔،)]+"], ["bloom", "gpt3-finnish"]),
        new("viking", [@" ?[^(\s|.,!?…。，、।۔،)]+", Digit]),
        new("superbpe", [@"\p{N}+", "(?=([0-9]{3})+(?![0-9]))"], Published: [[@"\p{N}+", @"(?=(\d{3})+(?!\d))"]]),
        new("bailingmoe",
            [$@"'(?:[sSdDmMtT]|[lL][lL]|[vV][eE]|[rR][eE])|{Lead}\p{{L}}+|\p{{N}}| ?[^\s\p{{L}}\p{{N}}]+[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+"],
            ["bailingmoe2", "llada-moe"],
            Published: [[@"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+"]]),
        new("seed-coder", [$@"{Endings}|{Lead}\p{{L}}+|\p{{N}}{{1}}| ?[^\s\p{{L}}\p{{N}}\r\n]+|\s*[\r\n]+|\s+(?!\S)|\s+"],
            Published: [[$@"{AnyEndings}|{Lead}\p{{L}}+|\p{{N}}{{1}}| ?[^\s\p{{L}}\p{{N}}\r\n]+|\s*[\r\n]+|\s+(?!\S)|\s+"]]),
        new("exaone-moe",
            [$@"{Endings}|{Lead}(?:\p{{L}}\p{{M}}*(?: \p{{L}}\p{{M}}*)*)+|\p{{N}}| ?[^\s\p{{L}}\p{{N}}]+[\r\n/]?|\s*[\r\n]|\s+(?!\S)|\s+"],
            Published: [[$@"{AnyEndings}|{Lead}(?:\p{{L}}\p{{M}}*(?: \p{{L}}\p{{M}}*)*)+|\p{{N}}| ?[^\s\p{{L}}\p{{N}}]+[\r\n/]?|"
                + $@"\s*[\r\n]|\s+(?!\S)|\s+"]]),
        new("minicpm5", [Digits3, $@"{Endings}|{Lead}\p{{L}}+|\p{{N}}+|{LineTail}"], IgnoreMerges: true,
            Published: [[Digits3, $@"{AnyEndings}|{Lead}\p{{L}}+|\p{{N}}+|{LineTail}"]]),
        new("laguna", [@"[^\n]+|[\n]+", Qwen2]),
        new("jais-2", [$@"{Endings}|{Lead}\p{{L}}+|\p{{N}}{{1,3}}| ?[^\s\p{{L}}\p{{N}}]+[\r\n]*|\s*[\r\n]+|\s{{512}}(?!\S)|"
            + $@"\s{{256}}(?!\S)|\s{{128}}(?!\S)|\s{{64}}(?!\S)|\s{{32}}(?!\S)|\s{{16}}(?!\S)|\s{{8}}(?!\S)|\s{{4}}(?!\S)|"
            + $@"\s{{1,2}}(?!\S)|\s{{1}}"]),
        new("kimi-k2",
        [
            $@"[\p{{Han}}]+|{Lead}[\p{{Lu}}\p{{Lt}}\p{{Lm}}\p{{Lo}}\p{{M}}&&[^\p{{Han}}]]*"
                + $@"[\p{{Ll}}\p{{Lm}}\p{{Lo}}\p{{M}}&&[^\p{{Han}}]]+{AnyEndings}?|"
                + $@"{Lead}[\p{{Lu}}\p{{Lt}}\p{{Lm}}\p{{Lo}}\p{{M}}&&[^\p{{Han}}]]+"
                + $@"[\p{{Ll}}\p{{Lm}}\p{{Lo}}\p{{M}}&&[^\p{{Han}}]]*{AnyEndings}?|\p{{N}}{{1,3}}|{LineTail}",
        ]),
    ];

    public static string KnownNames { get; } = string.Join(", ", Rows.Select(row => row.Name));

    public static GgufPre? Find(string name) => Array.Find(Rows, row => row.Name == name || row.Aliases?.Contains(name) == true);

    /// <summary>What a GGUF file calls a way to cut; null where it has no name for it.</summary>
    /// <param name="patterns">The way, as patterns one after the other.</param>
    /// <param name="ignoreMerges">Whether pieces that are tokens are to be taken whole; null where that does not matter.</param>
    public static GgufPre? FindPatterns(IReadOnlyList<string> patterns, bool? ignoreMerges = null) => Array.Find(Rows,
        row => (row.Patterns.SequenceEqual(patterns) || row.Published?.Any(form => form.SequenceEqual(patterns)) == true)
            && (ignoreMerges ?? row.IgnoreMerges) == row.IgnoreMerges);
}

/// <summary>What a value of <c>tokenizer.ggml.pre</c> stands for in llama.cpp.</summary>
/// <param name="Name">The value that is written.</param>
/// <param name="Patterns">How a text is cut, one after the other.</param>
/// <param name="Aliases">Other values for the same.</param>
/// <param name="IgnoreMerges">Whether a piece that is a token is taken whole.</param>
/// <param name="AddBegin">Whether a text begins with the beginning-of-text token unless the file says otherwise.</param>
/// <param name="Published">How tokenizer.json files write it where that differs; llama.cpp comes close to these.</param>
internal sealed record GgufPre(string Name, string[] Patterns, string[]? Aliases = null, bool IgnoreMerges = false, bool AddBegin = false,
    string[][]? Published = null);
