using System.Text;

namespace LlmKick.Transformers.Tokenization.Splitting;

/// <summary>The rules by the names that files give them: one more is one more row.</summary>
internal static class SplitRules
{
    private static readonly Gpt2Rule Gpt2 = new();
    private static readonly LineAwareRule Llama3 = new(mostDigits: 3);
    private static readonly LineAwareRule Qwen2 = new(mostDigits: 1);

    private static readonly Dictionary<string, ISplitRule> Patterns = new(StringComparer.Ordinal)
    {
        [Gpt2Rule.Pattern] = Gpt2,
        [LineAwareRule.Pattern(3)] = Llama3,
        [LineAwareRule.Pattern(1)] = Qwen2,
    };

    private static readonly GgufPreTokenizer[] GgufRows =
    [
        new("default", [new RunRule(IsDefaultPunctuation), Gpt2, Digits(individual: false), new RunRule(rune => rune.Value is >= '0' and <= '9', 3, 3)]),
        new("gpt-2", [Gpt2]),
        new("smollm", [Digits(individual: true), Gpt2]),
        new("llama-bpe", [Llama3], IgnoreMerges: true, AddBegin: true),
        new("qwen2", [Qwen2]),
    ];

    public static string KnownGgufNames { get; } = string.Join(", ", GgufRows.Select(row => row.Name));

    public static ISplitRule WordsOfGpt2 => Gpt2;

    public static GgufPreTokenizer? FindGguf(string name) => Array.Find(GgufRows, row => row.Name == name);

    /// <summary>What a GGUF file calls some rules; null where it has no name for them.</summary>
    public static GgufPreTokenizer? FindName(IReadOnlyList<ISplitRule> rules) => Array.Find(GgufRows, row => row.Rules.SequenceEqual(rules));

    public static ISplitRule? FindPattern(string pattern) => Patterns.GetValueOrDefault(pattern);

    public static ISplitRule Digits(bool individual) => new RunRule(CharacterClass.IsNumber, MostRunes: individual ? 1 : int.MaxValue);

    private static bool IsDefaultPunctuation(Rune rune) =>
        CharacterClass.IsPunctuation(rune) || (rune.IsAscii && "$+<=>^~|".Contains((char)rune.Value, StringComparison.Ordinal));
}
