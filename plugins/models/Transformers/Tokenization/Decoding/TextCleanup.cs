namespace LlmKick.Transformers.Tokenization.Decoding;

/// <summary>Closes the gaps that cutting at punctuation leaves in English.</summary>
internal static class TextCleanup
{
    private static readonly (string From, string To)[] Rows =
    [
        (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"), (" 'm", "'m"), (" do not", " don't"),
        (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
    ];

    public static string Clean(string text) =>
        Rows.Aggregate(text, (some, row) => some.Replace(row.From, row.To, StringComparison.Ordinal));
}
