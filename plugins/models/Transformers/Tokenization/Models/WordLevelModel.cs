using LlmKick.Sdk;

namespace LlmKick.Transformers.Tokenization.Models;

/// <summary>A token a piece.</summary>
/// <param name="vocabulary">Ids by text.</param>
/// <param name="unknown">What every other piece is; null where there is no such token.</param>
internal sealed class WordLevelModel(Dictionary<string, int> vocabulary, int? unknown) : IPieceModel
{
    public int[] Encode(ReadOnlySpan<char> piece) =>
        [vocabulary.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(piece, out var id)
            ? id
            : unknown ?? throw new LlmKickException($"The tokenizer has no token for '{piece}' and none for what is unknown.")];
}
