namespace LlmKick.Sdk.Models.Scheduling;

/// <summary>Models often have more ids than their tokenizer has tokens; one damaged enough chooses such an id, which stands for no text.</summary>
internal static class UnknownTokens
{
    public static bool Knows(this ITokenizer tokenizer, int token) => token < tokenizer.VocabularySize;
}
