using LlmKick.Transformers.Tokenization.Loading;
using LlmKick.Transformers.Tokenization.Normalizing;
using LlmKick.Transformers.Tokenization.SentencePiece;
using LlmKick.Transformers.Tokenization.Splitting;

namespace LlmKick.Transformers.Tokenization.Facts;

/// <summary>Unigram of a tokenizer.json: the kind <c>t5</c>.</summary>
internal static class FactsOfUnigram
{
    /// <summary>Takes spaces off the ends of a text.</summary>
    public const string SpacesAtEnds = @"\A +| +\z";

    public const string SeveralSpaces = " {2,}";

    private const string Mark = "\u2581";

    public static TokenizerFacts Of(TokenizerFacts facts, TokenizerElement file)
    {
        var (model, cut) = (file.Required("model"), file.Optional("pre_tokenizer"));
        if (model.Flag("byte_fallback"))
            throw file.Fault("its Unigram falls back to bytes, which llama.cpp's does not, so that no GGUF file can say it");
        if (cut is not { Type: "Metaspace" })
            throw file.Fault("its pre_tokenizer is no Metaspace, so that no GGUF file can say how it treats spaces");
        List<float> scores = [.. model.Required("vocab").Items().Select(row => (float)row.Items().Last().AsNumber())];
        var (charsmap, removes, prepends) = Normalization(file);
        if (PreTokenizerReader.Scheme(cut) != PrependScheme.Never && !removes)
            throw file.Fault("its Metaspace puts a mark in front only where none is, which a GGUF file cannot say");
        return facts with
        {
            Model = "t5",
            Scores = [.. facts.Tokens.Select((_, id) => id < scores.Count ? scores[id] : 0)],
            Unknown = facts.Unknown ?? model.Optional("unk_id")?.AsId(),
            Kinds = [.. facts.Kinds.Select((kind, id) => id == model.Optional("unk_id")?.AsId() ? PieceKind.Unknown : kind)],
            Spaces = new SpaceRules(removes || prepends, removes),
            Charsmap = charsmap,
        };
    }

    /// <summary>The table of characters, whether runs of spaces become one and those at the ends go, and whether a mark is put in front of
    /// everything.</summary>
    private static (byte[] Charsmap, bool RemovesExtra, bool Prepends) Normalization(TokenizerElement file)
    {
        var normalizer = file.Optional("normalizer");
        List<TokenizerElement> steps = normalizer is null ? []
            : normalizer.Type == "Sequence" ? [.. normalizer.Required("normalizers").Items()] : [normalizer];
        var (charsmap, trims, joins, prepends) = (Array.Empty<byte>(), false, false, false);
        foreach (var step in steps)
            switch (step.Type)
            {
                case "Precompiled":
                    charsmap = Convert.FromBase64String(step.Text("precompiled_charsmap"));
                    break;
                // Other white space than plain spaces is plain by then.
                case "Strip" when charsmap.Length > 0:
                    trims = true;
                    break;
                case "Replace" when step.Required("pattern").Optional("Regex")?.AsText() == SpacesAtEnds:
                    trims = true;
                    break;
                case "Replace" when step.Required("pattern").Optional("Regex")?.AsText() == SeveralSpaces
                    && step.Text("content") is " " or Mark:
                    joins = true;
                    break;
                case "Prepend" when step.Text("prepend") == Mark:
                    prepends = true;
                    break;
                default:
                    throw file.Fault($"its normalizer has a step '{step.Type}', which a GGUF file cannot say");
            }
        return trims == joins ? (charsmap, trims, prepends)
            : throw file.Fault("its normalizer removes some spaces and leaves others, which a GGUF file cannot say");
    }
}
