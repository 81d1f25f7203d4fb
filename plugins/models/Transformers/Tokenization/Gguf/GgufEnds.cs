namespace LlmKick.Transformers.Tokenization.Gguf;

/// <summary>What goes around a text by a GGUF file, and where it does not say, by llama.cpp.</summary>
internal static class GgufEnds
{
    public static int? DefaultBegin(GgufVocabulary vocabulary) => vocabulary.Model == "llama" ? 1 : null;

    public static int? DefaultEnd(GgufVocabulary vocabulary) => vocabulary.Model switch
    {
        "llama" => 2,
        "t5" => 1,
        _ => null,
    };

    /// <summary>What goes before a text and what goes behind it.</summary>
    /// <param name="vocabulary">What the file says.</param>
    /// <param name="begins">Whether a text begins with the beginning-of-text token where the file does not say.</param>
    /// <param name="ends">Whether it ends with the end-of-text token where the file does not say.</param>
    public static (int[] Prefix, int[] Suffix) Of(GgufVocabulary vocabulary, bool begins, bool ends) =>
    (
        vocabulary.Flag("add_bos_token") ?? begins ? [vocabulary.RequireId("bos", DefaultBegin(vocabulary))] : [],
        vocabulary.Flag("add_eos_token") ?? ends ? [vocabulary.RequireId("eos", DefaultEnd(vocabulary))] : []);
}
