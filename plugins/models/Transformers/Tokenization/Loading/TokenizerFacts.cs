using LlmKick.Transformers.Formats;
using LlmKick.Transformers.Formats.Gguf;
using LlmKick.Transformers.Tokenization.Splitting;

namespace LlmKick.Transformers.Tokenization.Loading;

/// <summary>What a file says of its tokenizer, to be said again in another format.</summary>
internal sealed record TokenizerFacts
{
    private const string Prefix = "tokenizer.ggml.";

    /// <summary>By id, in the byte alphabet; gaps are filled with names that no text has.</summary>
    public required IReadOnlyList<string> Tokens { get; init; }

    /// <summary>Ids that are gaps.</summary>
    public IReadOnlySet<int> Gaps { get; init; } = new HashSet<int>();

    /// <summary>Two tokens each with a space between.</summary>
    public required IReadOnlyList<string> Merges { get; init; }

    public required IReadOnlyList<AddedToken> Added { get; init; }

    /// <summary>How texts are cut, by llama.cpp's name for it.</summary>
    public required string PreTokenizer { get; init; }

    public required bool IgnoresMerges { get; init; }

    public int? Begin { get; init; }

    public int? End { get; init; }

    public int? Unknown { get; init; }

    public int? Padding { get; init; }

    /// <summary>All that ends a generation.</summary>
    public IReadOnlyList<int> Ends { get; init; } = [];

    public bool AddsBegin { get; init; }

    public bool AddsEnd { get; init; }

    public string? ChatTemplate { get; init; }

    public static TokenizerFacts Of(GgufFile file)
    {
        var (metadata, tokenizer) = (file.Metadata, GgufTokenizer.Load(file));
        var pre = SplitRules.FindGguf(metadata.Text(Prefix + "pre") ?? "default")!;
        var tokens = metadata.Texts(Prefix + "tokens")!;
        int? Id(string token) => (int?)metadata.Integer($"{Prefix}{token}_token_id");
        return new TokenizerFacts
        {
            Tokens = tokens,
            Merges = metadata.Texts(Prefix + "merges")!,
            Added = GgufAddedTokens.Read(metadata, tokens, new VocabularyBuilder(file.Path)),
            PreTokenizer = pre.Name,
            IgnoresMerges = pre.IgnoreMerges,
            Begin = Id("bos"),
            End = Id("eos"),
            Unknown = Id("unknown"),
            Padding = Id("padding"),
            Ends = tokenizer.EndOfText,
            AddsBegin = metadata.Flag(Prefix + "add_bos_token") ?? pre.AddBegin,
            AddsEnd = metadata.Flag(Prefix + "add_eos_token") ?? false,
            ChatTemplate = metadata.Text("tokenizer.chat_template"),
        };
    }

    /// <summary>Reads a Hugging Face folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="count">Ids that the model knows; those beyond the tokenizer's are gaps.</param>
    public static TokenizerFacts Of(string folder, int count)
    {
        using var tokenizer = JsonFile.Read(Path.Combine(folder, "tokenizer.json"));
        var file = new TokenizerElement(Path.Combine(folder, "tokenizer.json"), "", tokenizer.RootElement);
        var definition = TokenizerJson.Define(file, EndOfTextIds.Read(folder), null);
        var known = definition.Tokens;
        var tokens = Enumerable.Range(0, Math.Max(count, known.Count)).Select(id => id < known.Count ? known[id] : null).ToList();
        var pre = SplitRules.FindName(PreTokenizerReader.Read(file.Required("pre_tokenizer")))
            ?? throw file.Fault("llama.cpp has no name for how it cuts texts, so that no GGUF file can say it");
        if (file.Required("model").Flag("ignore_merges") != pre.IgnoreMerges && !definition.Model.MergesMakeAll(definition.Added.Select(token => token.Id).ToHashSet()))
            throw file.Fault($"its 'ignore_merges' is not what llama.cpp's '{pre.Name}' means, so that no GGUF file can say it");
        var special = SpecialTokens.Read(folder);
        int? Id(string name) => special.Id(name, tokens);
        return new TokenizerFacts
        {
            Tokens = [.. tokens.Select((token, id) => token ?? $"[PAD{id}]")],
            Gaps = Enumerable.Range(0, tokens.Count).Where(id => tokens[id] is null).ToHashSet(),
            Merges = [.. file.Required("model").Required("merges").Items().Select(merge => merge.IsText ? merge.AsText() : string.Join(' ', merge.Items().Select(part => part.AsText())))],
            Added = definition.Added,
            PreTokenizer = pre.Name,
            IgnoresMerges = pre.IgnoreMerges,
            Begin = definition.Prefix is [var first] ? first : Id("bos"),
            End = definition.Suffix is [var last] ? last : Id("eos") ?? definition.EndOfText.Cast<int?>().FirstOrDefault(),
            Unknown = Id("unk"),
            Padding = Id("pad"),
            Ends = definition.EndOfText,
            AddsBegin = OnlyOne(definition.Prefix, file),
            AddsEnd = OnlyOne(definition.Suffix, file),
            ChatTemplate = special.ChatTemplate,
        };
    }

    private static bool OnlyOne(IReadOnlyList<int> ids, TokenizerElement file) => ids.Count <= 1
        ? ids.Count == 1
        : throw file.Fault("its post_processor puts several tokens around a text, which a GGUF file cannot say");
}
