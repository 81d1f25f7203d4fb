using LlmKick.Recipes;
using LlmKick.Sdk.Files;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Statistics;

namespace LlmKick.Data;

/// <summary>
/// Calibration sequences as the code of GPTQ (Frantar et al., arXiv 2210.17323), SparseGPT (arXiv 2301.00774) and Wanda (Sun et al.,
/// arXiv 2306.11695) draws them: by Python's random numbers, from texts encoded with what the tokenizer adds. Of C4, a document and then a
/// place in it; of WikiText, a place in all rows joined.
/// </summary>
internal static class PublishedWindows
{
    /// <summary>Draws.</summary>
    /// <returns>None where no document is long enough: that code would then draw for ever.</returns>
    public static List<int[]> Of(CalibrationSpec spec, ITokenizer tokenizer)
    {
        var random = new PythonRandom(spec.Seed ?? 0);
        if (JsonLines.Is(spec.File))
            return OfDocuments(spec, CalibrationText.Documents(spec.File), tokenizer, random);
        // GPTQ joins rows by a blank line; Wanda and SparseGPT by a space, unlike the rows that they test on.
        var join = spec.Take == CalibrationTake.Gptq ? "\n\n" : " ";
        var tokens = tokenizer.Encode(string.Join(join, TextFile.Rows(TextFile.Read(spec.File))), addSpecial: true);
        return tokens.Length <= spec.Length ? [] : [.. Enumerable.Range(0, spec.Samples).Select(_ => Window(tokens, spec.Length, random))];
    }

    /// <summary>Documents of just the length are passed over: GPTQ's code takes one and ends with an error, the others draw again.</summary>
    private static List<int[]> OfDocuments(CalibrationSpec spec, IReadOnlyList<string> documents, ITokenizer tokenizer, PythonRandom random)
    {
        var tokens = new int[documents.Count][];
        var (sequences, tooShort) = (new List<int[]>(), 0);
        while (sequences.Count < spec.Samples && tooShort < documents.Count)
        {
            var drawn = random.Between(0, documents.Count - 1);
            var isNew = tokens[drawn] is null;
            var document = tokens[drawn] ??= tokenizer.Encode(documents[drawn], addSpecial: true);
            if (document.Length > spec.Length)
                sequences.Add(Window(document, spec.Length, random));
            else if (isNew)
                tooShort++;
        }
        return sequences;
    }

    /// <summary>The last window is never drawn.</summary>
    private static int[] Window(int[] tokens, int length, PythonRandom random)
    {
        var start = random.Between(0, tokens.Length - length - 1);
        return tokens[start..(start + length)];
    }
}
