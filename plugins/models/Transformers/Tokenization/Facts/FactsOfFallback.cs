using LlmKick.Transformers.Tokenization.Loading;
using LlmKick.Transformers.Tokenization.Models;
using LlmKick.Transformers.Tokenization.SentencePiece;
using LlmKick.Transformers.Tokenization.Splitting;

namespace LlmKick.Transformers.Tokenization.Facts;

/// <summary>
/// BPE of characters with tokens for bytes: the kind <c>llama</c> where its merges are those that scores mean, else <c>gemma4</c>, which
/// has merges, but puts no space in front and always begins a text.
/// </summary>
internal static class FactsOfFallback
{
    private const string Mark = "\u2581";

    public static TokenizerFacts Of(TokenizerFacts facts, TokenizerDefinition definition, TokenizerElement file)
    {
        var adds = AddsPrefix(file)
            ?? throw file.Fault("its normalizer and pre_tokenizer treat spaces in a way that a GGUF file cannot say");
        var merges = file.Required("model").Required("merges").Items()
            .Select(merge => merge.IsText ? merge.AsText().Split(' ') : [.. merge.Items().Select(part => part.AsText())])
            .Where(pair => pair.Length == 2).ToList();
        var common = facts with { Kinds = [.. facts.Kinds.Select((kind, id) => kind == PieceKind.Normal
            && ByteTokens.TryParse(facts.Tokens[id], out _) ? PieceKind.Byte : kind)] };
        if (Scores(common, merges) is { } scores)
            return common with { Model = "llama", Scores = scores, Spaces = new SpaceRules(adds, RemovesExtra: false) };
        if (adds || !facts.AddsBegin || merges.Exists(pair => MixesLines(pair[0] + pair[1])))
            throw file.Fault("its merges are not those that scores of tokens mean, and for others GGUF files have no kind that puts a "
                + "space in front or leaves the begin away");
        return common with { Model = "gemma4", PreTokenizer = "gemma4", Merges = [.. merges.Select(pair => string.Join(' ', pair))] };
    }

    /// <summary>Whether a space is put in front; null where spaces are treated otherwise.</summary>
    private static bool? AddsPrefix(TokenizerElement file)
    {
        var (normalizer, cut) = (file.Optional("normalizer"), file.Optional("pre_tokenizer"));
        List<TokenizerElement> steps = normalizer is null ? []
            : normalizer.Type == "Sequence" ? [.. normalizer.Required("normalizers").Items()] : [normalizer];
        var replaces = steps is [.., { Type: "Replace" } last] && last.Text("content") == Mark;
        if (cut is { Type: "Metaspace" } && steps.Count == 0)
            return PreTokenizerReader.Scheme(cut) != PrependScheme.Never;
        // With every space replaced, cutting at spaces cuts nothing.
        return replaces && cut is null or { Type: "Split" } && steps.Count <= 2 ? steps is [{ Type: "Prepend" }, _] ? true
            : steps.Count == 1 ? false : null : null;
    }

    private static bool MixesLines(string token) => token.Contains('\n', StringComparison.Ordinal)
        && token.AsSpan().ContainsAnyExcept('\n');

    /// <summary>
    /// The score of each token that makes llama.cpp merge as the merges say: it merges any two neighbours that make a token. So every pair
    /// that does has to be among the merges, and those of one token together.
    /// </summary>
    private static float[]? Scores(TokenizerFacts facts, List<string[]> merges)
    {
        var (scores, last, order) = (new float[facts.Tokens.Count], new Dictionary<string, int>(StringComparer.Ordinal), 0);
        var (known, pairs, previous) = (facts.Tokens.Select((token, id) => (token, id)).ToDictionary(row => row.token, row => row.id),
            new HashSet<(string, string)>(), "");
        foreach (var pair in merges)
        {
            var merged = pair[0] + pair[1];
            if (merged != previous && !last.TryAdd(merged, ++order))
                return null;
            pairs.Add((pair[0], pair[1]));
            previous = merged;
        }
        for (var id = 0; id < facts.Tokens.Count; id++)
            if (facts.Kinds[id] is PieceKind.Normal)
            {
                var token = facts.Tokens[id];
                for (var at = 1; at < token.Length; at++)
                    if (known.ContainsKey(token[..at]) && known.ContainsKey(token[at..]) && !pairs.Contains((token[..at], token[at..])))
                        return null;
                scores[id] = -last.GetValueOrDefault(token, order + 1);
            }
        return scores;
    }
}
