namespace LlmKick.Transformers.Tokenization.SentencePiece;

/// <summary>What a piece of a SentencePiece model is, by the numbers of its file, which GGUF files share.</summary>
internal enum PieceKind
{
    Normal = 1,
    Unknown = 2,
    Control = 3,
    UserDefined = 4,
    Unused = 5,
    Byte = 6,
}
