namespace LlmKick.Transformers.Tokenization;

/// <summary>A token that is recognised as a whole in a text, before any splitting.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">The text that stands for it.</param>
/// <param name="Special">Whether it is a control token.</param>
/// <param name="StripLeft">Whether white space before it belongs to it.</param>
/// <param name="StripRight">Whether white space after it belongs to it.</param>
/// <param name="SingleWord">Whether it counts only where no word character touches it.</param>
/// <param name="Normalized">Whether it is looked for in the normalised text instead of the raw one.</param>
internal sealed record AddedToken(int Id, string Content, bool Special, bool StripLeft = false, bool StripRight = false,
    bool SingleWord = false, bool Normalized = false);
