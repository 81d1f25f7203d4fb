namespace LlmKick.Perplexity;

/// <summary>How the pieces of a text file become one text.</summary>
internal enum TextJoin
{
    /// <summary>The whole file as it is.</summary>
    File,

    /// <summary>
    /// Rows joined by a blank line. A row is a line with its line end, and a blank line is an empty row: what the datasets library makes of
    /// WikiText, and so what published perplexities are of.
    /// </summary>
    Rows,
}
