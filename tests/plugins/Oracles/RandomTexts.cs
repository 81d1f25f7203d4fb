using System.Text;
using LlmKick.Sdk.Statistics;

namespace LlmKick.Tests.Oracles;

/// <summary>Texts that tokenizers get wrong: scripts, spaces, digits, marks, special tokens and halves of them, in any order.</summary>
internal static class RandomTexts
{
    private static readonly string[] Fragments =
    [
        "the", " The", "ing", " don", "'s", "'S", "'re", "'LL", "'\u017f", "\u2019s", "'", "\"", " ", "  ", "    ", "\t", "\n", "\n\n",
        " \n", "\r\n", "\r", " \t\n ",
        "\u00a0", "\u3000", "\u2028", "\u0085", "\u200b", "\u200d", "\ufeff", "\u00ad", "\v", "\f", "\0", "\u001c", "\u007f",
        "\u180e", "\u1680",
        "0", "12", "345", "6789", "1234567890", "3.14", "1,000", "\u0663\u0664", "\uff11\uff12", "\u00b2", "\u00bd", "\u2167", "\u0967",
        "!", "?!", "...", "\u2026", "---", "://", "()", "{}[]", "#", "@", "_", "__init__", "$", "\u20ac", "+=", "<|", "|>", "\\",
        "/", "`", "~~",
        "\u00e9", "e\u0301", "\u00c5", "A\u030a", "\u1e9b\u0323", "\u0130", "\u0131", "\u00df", "\u212a", "\ufb01", "\u01c5", "\u02bc",
        "\u0345", "\u0308",
        "\u0416\u0436", "\u03a3\u03c3\u03c2", "\u05d0\u05b8", "\u0627\u0644\u0652", "\u0928\u093f", "\u0915\u094d\u0937", "\u0e01\u0e33",
        "\u4f60\u597d", "\u65e5\u672c\u8a9e", "\u30ab\u3099",
        "\uac00", "\u1100\u1161\u11a8", "\uff76\uff9e", "\U0001F600", "\U0001F468\u200d\U0001F469\u200d\U0001F467", "\U0001F1E9\U0001F1EA",
        "\u2764\ufe0f", "\U0001D7D8", "\U0001D400", "\U00020000",
        "\ue000", "\ufffd", "\uffff", "\U0010ffff", "<|endoftext|>", "<|im_start|>", "<|im_end|>", " <|im_end|> ", "<|im_",
        "<|begin_of_text|>", "<s>", "</s>", "<unk>", "<|endoftext", "endoftext|>",
    ];

    /// <summary>Makes texts.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">Decides them.</param>
    /// <param name="allows">Which of all characters may occur beside the fragments.</param>
    public static string[] Make(int count, ulong seed, Func<Rune, bool>? allows = null)
    {
        var random = new SplitMix64(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Text(random, allows ?? (_ => true)))];
    }

    private static string Text(SplitMix64 random, Func<Rune, bool> allows)
    {
        var text = new StringBuilder();
        for (var left = 1 + random.Next(24); left > 0; left--)
            text.Append(random.Next(8) == 0 ? AnyCharacter(random, allows) : Fragments[random.Next(Fragments.Length)]);
        return text.ToString();
    }

    /// <summary>Any scalar value, assigned or not; half of them from the basic plane.</summary>
    private static string AnyCharacter(SplitMix64 random, Func<Rune, bool> allows)
    {
        var bound = random.Next(2) == 0 ? 0x10000 : 0x110000;
        while (true)
            if (Rune.TryCreate(random.Next(bound), out var rune) && allows(rune))
                return rune.ToString();
    }
}
