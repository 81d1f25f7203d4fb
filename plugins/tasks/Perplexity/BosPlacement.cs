namespace LlmKick.Perplexity;

/// <summary>Where a beginning-of-text token is put.</summary>
internal enum BosPlacement
{
    /// <summary>Nowhere.</summary>
    None,

    /// <summary>Once, before the whole text.</summary>
    Start,

    /// <summary>At the front of each window, within its length.</summary>
    Window,
}
