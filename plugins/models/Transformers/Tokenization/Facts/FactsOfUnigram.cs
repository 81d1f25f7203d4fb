using LlmKick.Transformers.Tokenization.Loading;
using LlmKick.Transformers.Tokenization.SentencePiece;
using LlmKick.Transformers.Tokenization.Splitting;

namespace LlmKick.Transformers.Tokenization.Facts;

/// <summary>Unigram of a tokenizer.json: the kind <c>t5</c>.</summary>
internal static class FactsOfUnigram
{
    public static TokenizerFacts Of(TokenizerFacts facts, TokenizerElement file)
    {
        var (model, cut) = (file.Required("model"), file.Optional("pre_tokenizer"));
        if (model.Flag("byte_fallback"))
            throw file.Fault("its Unigram falls back to bytes, which llama.cpp's does not, so that no GGUF file can say it");
        if (cut is not { Type: "Metaspace" })
            throw file.Fault("its pre_tokenizer is no Metaspace, so that no GGUF file can say how it treats spaces");
        List<float> scores = [.. model.Required("vocab").Items().Select(row => (float)row.Items().Last().AsNumber())];
        var (charsmap, removes) = Normalization(file);
        return facts with
        {
            Model = "t5",
            Scores = [.. facts.Tokens.Select((_, id) => id < scores.Count ? scores[id] : 0)],
            Unknown = facts.Unknown ?? model.Optional("unk_id")?.AsId(),
            Kinds = [.. facts.Kinds.Select((kind, id) => id == model.Optional("unk_id")?.AsId() ? PieceKind.Unknown : kind)],
            Spaces = new SpaceRules(PreTokenizerReader.Scheme(cut) != PrependScheme.Never, removes),
            Charsmap = charsmap,
        };
    }

    /// <summary>The table of characters, and whether runs of spaces become one.</summary>
    private static (byte[] Charsmap, bool RemovesExtra) Normalization(TokenizerElement file)
    {
        var normalizer = file.Optional("normalizer");
        List<TokenizerElement> steps = normalizer is null ? [] : normalizer.Type == "Sequence" ? [.. normalizer.Required("normalizers").Items()] : [normalizer];
        var (charsmap, removes) = (Array.Empty<byte>(), false);
        foreach (var step in steps)
            if (step.Type == "Precompiled")
                charsmap = Convert.FromBase64String(step.Text("precompiled_charsmap"));
            else if (step.Type == "Replace" && step.Required("pattern").Optional("Regex")?.AsText() == " {2,}")
                removes = true;
            else if (step.Type != "Strip")
                throw file.Fault($"its normalizer has a step '{step.Type}', which a GGUF file cannot say");
        return (charsmap, removes);
    }
}
