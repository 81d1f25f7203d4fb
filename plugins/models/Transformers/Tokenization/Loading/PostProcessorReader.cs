namespace LlmKick.Transformers.Tokenization.Loading;

/// <summary>Reads the <c>post_processor</c> part: which ids go before and after a text.</summary>
internal sealed class PostProcessorReader(VocabularyBuilder vocabulary)
{
    public IReadOnlyList<int> Prefix { get; private set; } = [];

    public IReadOnlyList<int> Suffix { get; private set; } = [];

    public void Read(TokenizerElement? processor)
    {
        switch (processor?.Type)
        {
            // ByteLevel only trims offsets.
            case null or "ByteLevel":
                break;
            case "TemplateProcessing":
                ReadTemplate(processor);
                break;
            case "BertProcessing" or "RobertaProcessing":
                (Prefix, Suffix) = ([Id(processor, "cls"), .. Prefix], [.. Suffix, Id(processor, "sep")]);
                break;
            case "Sequence":
                foreach (var part in processor.Required("processors").Items())
                    Read(part);
                break;
            default:
                throw processor.Unsupported();
        }
    }

    private void ReadTemplate(TokenizerElement template)
    {
        var pieces = template.Required("single").Items().ToList();
        var text = pieces.FindIndex(IsText);
        if (text < 0 || pieces.Count(IsText) > 1)
            throw template.Fault("its post_processor's 'single' has not exactly one text");
        Prefix = [.. pieces[..text].SelectMany(piece => Ids(template, piece)), .. Prefix];
        Suffix = [.. Suffix, .. pieces[(text + 1)..].SelectMany(piece => Ids(template, piece))];
    }

    private static bool IsText(TokenizerElement piece) => piece.Optional("Sequence") is not null;

    private IEnumerable<int> Ids(TokenizerElement template, TokenizerElement piece)
    {
        var name = piece.Required("SpecialToken").Text("id");
        var ids = template.Required("special_tokens").Required(name).Required("ids").Items().Select(id => id.AsId()).ToList();
        return ids.TrueForAll(vocabulary.Contains) ? ids
            : throw template.Fault($"its post_processor's token '{name}' is not in the vocabulary");
    }

    /// <summary>A pair of a text and an id.</summary>
    private int Id(TokenizerElement processor, string key)
    {
        if (processor.Required(key).Items().ToList() is not [var text, var id])
            throw processor.Fault($"its post_processor's '{key}' is not a token with its id");
        return vocabulary.Contains(id.AsId()) ? id.AsId()
            : throw processor.Fault($"its post_processor's token '{text.AsText()}' is not in the vocabulary");
    }
}
