namespace LlmKick.Recipes;

/// <summary>Where calibration sequences come from.</summary>
internal enum CalibrationTake
{
    /// <summary>Tokens 0 … n·L − 1 of the whole tokenised text.</summary>
    First,

    /// <summary>Windows at random places of the whole tokenised text.</summary>
    Random,

    /// <summary>Documents longer than the length are drawn at random, and of each a random window.</summary>
    Documents,

    /// <summary>As IST-DASLab/gptq's <c>datautils.py</c> draws with Python's <c>random.seed(seed)</c>. Of JSONL (its <c>get_c4</c>)
    /// documents are drawn until one has at least the length's tokens, and of it a window; the rest (its <c>get_wikitext2</c>) is joined by
    /// blank lines into one stream of tokens, of which windows are drawn.</summary>
    Gptq,

    /// <summary>As IST-DASLab/sparsegpt's <c>datautils.py</c> (at 54c8443): like <see cref="Gptq"/>, but a stream is joined by
    /// blanks.</summary>
    Sparsegpt,

    /// <summary>As locuslab/wanda's <c>lib/data.py</c> (at 0628038): like <see cref="Sparsegpt"/>, but a document must be longer than the
    /// length.</summary>
    Wanda,
}
