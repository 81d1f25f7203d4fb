namespace LlmKick.Transformers.Tokenization.Loading;

/// <summary>
/// What goes around a text: what the <c>post_processor</c> says, unless tokenizer_config has <c>add_bos_token</c> or <c>add_eos_token</c>,
/// which put that aside as in the reference: what they do not ask for is not added.
/// </summary>
internal sealed class TextEnds(VocabularyBuilder vocabulary, TokenizerSettings settings, List<string> remarks)
{
    public IReadOnlyList<int> Prefix { get; private set; } = [];

    public IReadOnlyList<int> Suffix { get; private set; } = [];

    public void Read(TokenizerElement? processor)
    {
        var reader = new PostProcessorReader(vocabulary);
        reader.Read(processor);
        (Prefix, Suffix) = (reader.Prefix, reader.Suffix);
        if (settings.AddsBegin is null && settings.AddsEnd is null)
            return;
        (Prefix, Suffix) = (Asked(settings.AddsBegin, "bos"), Asked(settings.AddsEnd, "eos"));
        if (!Prefix.SequenceEqual(reader.Prefix) || !Suffix.SequenceEqual(reader.Suffix))
            remarks.Add($"'{Path.Combine(settings.Folder, "tokenizer_config.json")}' puts {Text(Prefix)} before a text and {Text(Suffix)} "
                + $"behind it, {TokenizerJson.FileName} beside it {Text(reader.Prefix)} before and {Text(reader.Suffix)} behind; the "
                + "former is followed, as the reference does.");
    }

    private int[] Asked(bool? asked, string role) => asked == true && settings.Text(role) is { } text
        && vocabulary.Ids.TryGetValue(text, out var id) ? [id] : [];

    private string Text(IReadOnlyList<int> ids) => ids.Count == 0 ? "nothing"
        : string.Join(" ", ids.Select(id => $"'{vocabulary.TextOf(id)}'"));
}
