namespace LlmKick.Transformers.Tokenization.Splitting;

/// <summary>Where a mark for a space is put in front of a piece.</summary>
internal enum PrependScheme
{
    /// <summary>Nowhere.</summary>
    Never,

    /// <summary>At the start of the whole text.</summary>
    First,

    /// <summary>In front of every piece.</summary>
    Always,
}
