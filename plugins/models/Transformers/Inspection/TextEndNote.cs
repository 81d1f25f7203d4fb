using LlmKick.Sdk.Models;

namespace LlmKick.Transformers.Inspection;

/// <summary>What ends a text that a model writes, for a person: whoever wonders at an answer's length asks this first.</summary>
internal static class TextEndNote
{
    public static string Of(ITokenizer tokenizer) => tokenizer.EndOfText.Count == 0
        ? "no token ends a text, so that answers go on to their limit"
        : $"a text ends with {string.Join(" or ", tokenizer.EndOfText.Select(id => Written(id, tokenizer)))}";

    private static string Written(int id, ITokenizer tokenizer) => id < tokenizer.VocabularySize
        ? $"'{tokenizer.Decode([id])}' ({id})"
        : $"{id}, which is no id of the tokenizer and never comes";
}
