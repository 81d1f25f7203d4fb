using LlmKick.Perplexity.Texts;
using LlmKick.Recipes;
using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Files;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Statistics;

namespace LlmKick.Data;

/// <summary>Makes calibration sequences of a text.</summary>
/// <param name="spec">What to make.</param>
/// <param name="tokenizer">The model's tokenizer.</param>
internal sealed class CalibrationReader(CalibrationSpec spec, ITokenizer tokenizer)
{
    private readonly SplitMix64 random = new(unchecked((ulong)(spec.Seed ?? 0)));
    private readonly MersenneTwister python = new(spec.Seed ?? 0);

    /// <summary>Whether sequences are those of published code, draw by draw.</summary>
    private bool IsPublished => spec.Take is CalibrationTake.Gptq or CalibrationTake.Sparsegpt or CalibrationTake.Wanda;

    /// <summary>Reads the text and cuts the sequences.</summary>
    /// <exception cref="LlmKickException">The text is too short, or not what its name says.</exception>
    public CalibrationSet Read()
    {
        if (spec.Messages is { } messages)
            return new CalibrationSet(Conversations(messages));
        var texts = TextSet.ReadAsync(spec.File, spec.TextColumn, CancellationToken.None).GetAwaiter().GetResult();
        return new CalibrationSet(spec.Take switch
        {
            CalibrationTake.Documents => FromDocuments(CalibrationText.Documents(texts)),
            CalibrationTake.Random => AtRandom(Encode(texts.Whole)),
            _ when IsPublished && JsonLines.Is(texts.Ending) => FromDocuments(texts.All),
            _ when IsPublished =>
                AtRandom(Encode(string.Join(spec.Take == CalibrationTake.Gptq ? TextSet.BlankLine : " ", texts.Rows))),
            _ when spec.IsShuffled => Shuffled(First(Encode(texts.Whole))),
            _ => First(Encode(texts.Whole)),
        });
    }

    private List<int[]> Conversations(string path)
    {
        var all = ConversationFile.Read(path, tokenizer, spec.Length);
        if (all.Count < spec.Samples)
            throw new LlmKickException($"calibration: '{path}' has {all.Count} conversations, and `samples` asks for {spec.Samples}. Give "
                + "more conversations, or ask for fewer `samples`.");
        var chosen = (spec.Take == CalibrationTake.Random ? Shuffled(all) : all)[..spec.Samples];
        return spec.IsShuffled ? Shuffled(chosen) : chosen;
    }

    /// <summary>Published code calls the tokenizer as a program does that generates: with what it puts before a text.</summary>
    private int[] Encode(string text) => tokenizer.Encode(text, addSpecial: IsPublished);

    /// <summary>The same sequences in an order that the seed decides: sums of floats, and so weights, depend on it a little.</summary>
    private List<int[]> Shuffled(List<int[]> sequences)
    {
        for (var left = sequences.Count; left > 1; left--)
        {
            var other = random.Next(left);
            (sequences[left - 1], sequences[other]) = (sequences[other], sequences[left - 1]);
        }
        return sequences;
    }

    private List<int[]> First(int[] tokens)
    {
        if (tokens.Length < (long)spec.Samples * spec.Length)
            throw TooShort(
                $"has {tokens.Length} tokens, and {spec.Samples} sequences of {spec.Length} need {(long)spec.Samples * spec.Length}");
        return [.. Enumerable.Range(0, spec.Samples).Select(i => tokens[(i * spec.Length)..((i + 1) * spec.Length)])];
    }

    private List<int[]> AtRandom(int[] tokens)
    {
        var least = IsPublished ? spec.Length + 1 : spec.Length;
        if (tokens.Length < least)
            throw TooShort($"has {tokens.Length} tokens, and a sequence needs {least}");
        return [.. Enumerable.Range(0, spec.Samples).Select(_ => Window(tokens))];
    }

    /// <summary>The paper's rule: documents are drawn with replacement until one is long enough, and of it a random window is taken. GPTQ's
    /// and SparseGPT's code takes one of just the length too, of which it could draw no window: the whole stands for it.</summary>
    private List<int[]> FromDocuments(IReadOnlyList<string> documents)
    {
        var least = spec.Take is CalibrationTake.Gptq or CalibrationTake.Sparsegpt ? spec.Length : spec.Length + 1;
        var tokens = new int[documents.Count][];
        var (tooShort, longest) = (0, 0);
        var sequences = new List<int[]>();
        while (sequences.Count < spec.Samples)
        {
            if (tooShort == documents.Count)
                throw TooShort($"has {documents.Count} documents, the longest of {longest} tokens, and none "
                    + $"{(least > spec.Length ? "is longer than" : "has")} {spec.Length}");
            var drawn = Draw(documents.Count);
            var isNew = tokens[drawn] is null;
            var document = tokens[drawn] ??= Encode(documents[drawn]);
            longest = Math.Max(longest, document.Length);
            if (document.Length >= least)
                sequences.Add(Window(document));
            else if (isNew)
                tooShort++;
        }
        return sequences;
    }

    private int[] Window(int[] tokens)
    {
        // Published code never takes the last window.
        var starts = tokens.Length - spec.Length + (IsPublished ? 0 : 1);
        var start = starts > 0 ? Draw(starts) : 0;
        return tokens[start..(start + spec.Length)];
    }

    private int Draw(int bound) => IsPublished ? python.Below(bound) : random.Next(bound);

    private LlmKickException TooShort(string reason) =>
        new($"calibration: '{spec.File}' {reason}. Give a longer text, or ask for fewer `samples` or a smaller `length`.");
}
