using LlmKick.Sdk;
using LlmKick.Transformers.Tokenization.Loading;
using LlmKick.Transformers.Tokenization.Normalizing;
using LlmKick.Transformers.Tokenization.SentencePiece;

namespace LlmKick.Transformers.Tokenization.Facts;

/// <summary>A SentencePiece model: the kinds <c>llama</c> and <c>t5</c>, which keep its scores and kinds as they are.</summary>
internal static class FactsOfSentencePiece
{
    // TrainerSpec.ModelType of sentencepiece_model.proto.
    private const int Unigram = 1;

    public static TokenizerFacts Of(TokenizerDefinition definition, SentencePieceFile file, TokenizerSettings settings, int count)
    {
        static LlmKickException Fault(string what) => new($"The SentencePiece model cannot be written to a GGUF file: {what}.");
        var facts = FactsOfFolder.Common(definition, settings, count, Fault);
        if (file.ModelType != Unigram && (file.Spaces.RemovesExtra || file.Charsmap.Length > 0))
            throw Fault("it changes texts before it cuts them, which llama.cpp does for Unigram alone");
        var known = file.Pieces.Count;
        var unknown = file.Pieces.FindIndex(piece => piece.Kind == PieceKind.Unknown);
        return facts with
        {
            Model = file.ModelType == Unigram ? "t5" : "llama",
            Scores = [.. facts.Tokens.Select((_, id) => id < known ? file.Pieces[id].Score : 0)],
            Kinds = [.. facts.Kinds.Select((kind, id) => id < known ? file.Pieces[id].Kind : kind)],
            Begin = facts.Begin ?? (file.Begin >= 0 ? file.Begin : null),
            End = facts.End ?? (file.End >= 0 ? file.End : null),
            Unknown = unknown < 0 ? null : unknown,
            Spaces = file.Spaces,
            Charsmap = file.Charsmap,
        };
    }
}
