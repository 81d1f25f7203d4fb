using LlmKick.Transformers.Formats.Gguf;

namespace LlmKick.Transformers.Tokenization.Loading;

/// <summary>The tokens that a GGUF file marks as unknown, control or user-defined.</summary>
internal static class GgufAddedTokens
{
    private const string Key = "tokenizer.ggml.token_type";
    private const int Unknown = 2;
    private const int Control = 3;
    private const int UserDefined = 4;

    public static IReadOnlyList<AddedToken> Read(GgufMetadata metadata, IReadOnlyList<string> tokens, VocabularyBuilder vocabulary)
    {
        var types = metadata.Integers(Key) ?? new int[tokens.Count];
        if (types.Length != tokens.Count)
            throw vocabulary.Fault($"it has {tokens.Count} tokens but {types.Length} token types");
        return [.. Enumerable.Range(0, tokens.Count)
            .Where(id => types[id] is Unknown or Control or UserDefined)
            .Select(id => new AddedToken(id, tokens[id], Special: types[id] != UserDefined))];
    }
}
