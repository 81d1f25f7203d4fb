namespace LlmKick.Transformers.Tokenization.Loading;

/// <summary>Reads the <c>added_tokens</c> part; tokens that the vocabulary lacks join it.</summary>
internal static class AddedTokenReader
{
    public static IReadOnlyList<AddedToken> Read(TokenizerElement file, VocabularyBuilder vocabulary) =>
        [.. file.Optional("added_tokens")?.Items().Select(item => ReadToken(item, vocabulary)) ?? []];

    private static AddedToken ReadToken(TokenizerElement item, VocabularyBuilder vocabulary)
    {
        var token = new AddedToken(
            item.Required("id").AsId(),
            item.Text("content"),
            Special: item.Flag("special"),
            StripLeft: item.Flag("lstrip"),
            StripRight: item.Flag("rstrip"),
            SingleWord: item.Flag("single_word"),
            Normalized: item.Flag("normalized", absent: !item.Flag("special")));
        vocabulary.AddOrMatch(token.Content, token.Id);
        return token;
    }
}
