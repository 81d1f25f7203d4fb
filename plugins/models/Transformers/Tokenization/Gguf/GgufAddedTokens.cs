using LlmKick.Transformers.Tokenization.SentencePiece;

namespace LlmKick.Transformers.Tokenization.Gguf;

/// <summary>The tokens that are found whole in a text: those that the file marks as unknown, control or user-defined, and those that
/// llama.cpp knows by their looks.</summary>
internal static class GgufAddedTokens
{
    /// <summary>Ends of turns and parts of code to fill in, which are control tokens whatever the file says.</summary>
    private static readonly HashSet<string> Ends = new(StringComparer.Ordinal)
    {
        "<|eot_id|>", "<|im_end|>", "<|end|>", "<|return|>", "<|call|>", "<|flush|>", "<|calls|>", "<end_of_turn>", "<|endoftext|>", "</s>",
        "<|eom_id|>", "<EOT>", "_<EOT>", "[EOT]", "[EOS]",
        "<|end_of_text|>", "<end_of_utterance>", "<eos>", "<turn|>", "<|tool_response>", "<｜end▁of▁sentence｜>", "[e~[",
        "<|fim_prefix|>", "<|fim_suffix|>", "<|fim_middle|>", "<|fim_pad|>", "<|file_sep|>", "<|repo_name|>",
    };

    /// <summary>Parts of a form of conversations that is always written out.</summary>
    private static readonly HashSet<string> Shown =
        new(StringComparer.Ordinal) { "<|channel|>", "<|message|>", "<|start|>", "<|constrain|>" };

    public static IReadOnlyList<AddedToken> Read(GgufVocabulary vocabulary)
    {
        var strips = vocabulary.Name.Contains("phi-3", StringComparison.Ordinal)
            || vocabulary.Name.Contains("phi3", StringComparison.Ordinal);
        return [.. Enumerable.Range(0, vocabulary.Tokens.Count)
            .Select(id => (Id: id, Text: vocabulary.Tokens[id], Kind: Kind(vocabulary, id)))
            .Where(row => row.Text.Length > 0 && row.Kind is PieceKind.Unknown or PieceKind.Control or PieceKind.UserDefined)
            .Select(row => new AddedToken(row.Id, row.Text, Special: row.Kind != PieceKind.UserDefined, StripRight: strips
                && row.Text is not ("<unk>" or "<s>" or "<|endoftext|>")))];
    }

    private static PieceKind Kind(GgufVocabulary vocabulary, int id)
    {
        var text = vocabulary.Tokens[id];
        if (Shown.Contains(text))
            return PieceKind.UserDefined;
        // Gemma 4 has an end of HTML's among its words.
        if (!Ends.Contains(text) || (text == "</s>" && vocabulary.Builder.Ids.ContainsKey("<|tool_response>")))
            return vocabulary.Kinds[id];
        return PieceKind.Control;
    }
}
