namespace LlmKick.Quickstart.Text;

/// <summary>A piece of a document that ends where a word does.</summary>
/// <param name="Text">The text.</param>
/// <param name="Weight">How much predicting its tokens counts in training.</param>
internal readonly record struct Piece(string Text, float Weight);
