namespace LlmKick.Transformers.Tokenization.Models;

/// <summary>Turns a piece of text into ids.</summary>
internal interface IPieceModel
{
    int[] Encode(ReadOnlySpan<char> piece);
}
