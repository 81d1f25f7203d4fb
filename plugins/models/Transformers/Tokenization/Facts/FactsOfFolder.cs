using LlmKick.Transformers.Formats;
using LlmKick.Transformers.Tokenization.Loading;
using LlmKick.Transformers.Tokenization.SentencePiece;
using LlmKick.Transformers.Tokenization.Sources;

namespace LlmKick.Transformers.Tokenization.Facts;

/// <summary>What a Hugging Face folder says of its tokenizer.</summary>
internal static class FactsOfFolder
{
    /// <summary>Reads a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="count">Ids that the model knows; those beyond the tokenizer's are gaps.</param>
    public static TokenizerFacts Of(string folder, int count)
    {
        var (settings, path) = (TokenizerSettings.Read(folder), Path.Combine(folder, TokenizerJson.FileName));
        if (!File.Exists(path))
            return FactsOfSentencePiece.Of(TokenizerSource.Load(folder).Definition,
                SentencePieceFile.Read(TokenizerSource.SentencePieceFileOf(folder)!), settings, count);
        using var document = JsonFile.Read(path);
        var file = new TokenizerElement(path, "", document.RootElement);
        var definition = TokenizerJson.Define(file, settings);
        var facts = Common(definition, settings, count, file.Fault);
        var model = file.Required("model");
        return PieceModelReader.Kind(model) switch
        {
            "BPE" when model.Flag("byte_fallback") => FactsOfFallback.Of(facts, definition, file),
            "BPE" => FactsOfBytes.Of(facts, definition, file),
            "Unigram" => FactsOfUnigram.Of(facts, file),
            var kind => throw file.Fault($"its model is {kind}, which no GGUF file for language models says"),
        };
    }

    /// <summary>What all kinds say in the same way.</summary>
    public static TokenizerFacts Common(TokenizerDefinition definition, TokenizerSettings settings, int count,
        Func<string, Exception> fault)
    {
        var known = definition.Tokens;
        var tokens = Enumerable.Range(0, Math.Max(count, known.Count)).Select(id => id < known.Count ? known[id] : null).ToList();
        var unknown = settings.Id("unk", tokens);
        return new TokenizerFacts
        {
            Model = "",
            Tokens = [.. tokens.Select((token, id) => token ?? $"[PAD{id}]")],
            Kinds = Kinds(tokens, definition.Added, unknown),
            Added = definition.Added,
            Begin = definition.Prefix is [var first] ? first : settings.Id("bos", tokens),
            End = definition.Suffix is [var last] ? last : settings.Id("eos", tokens) ?? definition.EndOfText.Cast<int?>().FirstOrDefault(),
            Unknown = unknown,
            Padding = settings.Id("pad", tokens),
            Ends = definition.EndOfText,
            AddsBegin = OnlyOne(definition.Prefix, fault),
            AddsEnd = OnlyOne(definition.Suffix, fault),
            ChatTemplate = definition.ChatTemplates.Main,
        };
    }

    private static PieceKind[] Kinds(List<string?> tokens, IReadOnlyList<AddedToken> added, int? unknown)
    {
        PieceKind[] kinds = [.. tokens.Select(token => token is null ? PieceKind.Unused : PieceKind.Normal)];
        foreach (var token in added)
            kinds[token.Id] = token.Id == unknown ? PieceKind.Unknown : token.Special ? PieceKind.Control : PieceKind.UserDefined;
        return kinds;
    }

    private static bool OnlyOne(IReadOnlyList<int> ids, Func<string, Exception> fault) => ids.Count <= 1
        ? ids.Count == 1
        : throw fault("it puts several tokens around a text, which a GGUF file cannot say");
}
