namespace LlmKick.Transformers.Tokenization.Splitting;

/// <summary>What a value of <c>tokenizer.ggml.pre</c> stands for.</summary>
/// <param name="Name">The value.</param>
/// <param name="Rules">How a text is cut.</param>
/// <param name="IgnoreMerges">Whether a piece that is a token is taken whole.</param>
/// <param name="AddBegin">Whether a text begins with the beginning-of-text token unless the file says otherwise.</param>
internal sealed record GgufPreTokenizer(string Name, ISplitRule[] Rules, bool IgnoreMerges = false, bool AddBegin = false);
