namespace LlmKick.Transformers.Tokenization.Loading;

/// <summary>The tokens that are found whole in a text; those that the vocabulary lacks join it.</summary>
internal sealed class AddedTokens(VocabularyBuilder vocabulary)
{
    private readonly List<AddedToken> _tokens = [];

    /// <summary>Control tokens first, as the reference looks for them.</summary>
    public IReadOnlyList<AddedToken> Tokens => [.. _tokens.OrderBy(token => token.Special ? 0 : 1)];

    /// <summary>Reads <c>added_tokens</c>. The ids that it states hold, gaps among them too.</summary>
    public void Read(TokenizerElement file)
    {
        foreach (var item in file.Optional("added_tokens")?.Items() ?? [])
            Add(ReadToken(item));
    }

    /// <summary>Adds the tokens that only files beside the tokenizer declare, as the reference does: ids follow the last.</summary>
    /// <returns>What to tell of it.</returns>
    public IEnumerable<string> Declare(TokenizerSettings settings)
    {
        var known = _tokens.Select(token => token.Content).ToHashSet();
        var special = settings.SpecialTexts().ToList();
        foreach (var token in settings.Declared.Concat(special.Select(text => new AddedToken(vocabulary.Next, text, Special: true)))
            .DistinctBy(token => token.Content))
        {
            if (token.Content.Length == 0 || !known.Add(token.Content))
                continue;
            var isNew = !vocabulary.Ids.TryGetValue(token.Content, out var id);
            id = isNew ? vocabulary.Next : id;
            Add(token with { Id = id, Special = token.Special || special.Contains(token.Content) });
            if (isNew)
                yield return $"'{settings.Folder}' declares the token '{token.Content}' beside {TokenizerJson.FileName} alone, not in it; "
                    + $"it is added with the id {id}, as the reference does.";
        }
    }

    private void Add(AddedToken token)
    {
        vocabulary.AddOrMatch(token.Content, token.Id);
        _tokens.Add(token);
    }

    private static AddedToken ReadToken(TokenizerElement item) => new(
        item.Required("id").AsId(),
        item.Text("content"),
        Special: item.Flag("special"),
        StripLeft: item.Flag("lstrip"),
        StripRight: item.Flag("rstrip"),
        SingleWord: item.Flag("single_word"),
        Normalized: item.Flag("normalized", absent: !item.Flag("special")));
}
