namespace LlmKick.Transformers.Tokenization.Gguf;

/// <summary>What a value of <c>tokenizer.ggml.pre</c> stands for in llama.cpp.</summary>
/// <param name="Name">The value that is written.</param>
/// <param name="Patterns">How a text is cut, one after the other.</param>
/// <param name="Aliases">Other values for the same.</param>
/// <param name="IgnoreMerges">Whether a piece that is a token is taken whole.</param>
/// <param name="AddBegin">Whether a text begins with the beginning-of-text token unless the file says otherwise.</param>
/// <param name="Published">How tokenizer.json files write it where that differs; llama.cpp comes close to these.</param>
internal sealed record GgufPre(
    string Name, string[] Patterns, string[]? Aliases = null, bool IgnoreMerges = false, bool AddBegin = false,
        string[][]? Published = null);
