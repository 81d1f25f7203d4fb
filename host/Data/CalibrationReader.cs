using LlmKick.Recipes;
using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Statistics;

namespace LlmKick.Data;

/// <summary>Makes calibration sequences of a text.</summary>
/// <param name="spec">What to make.</param>
/// <param name="tokenizer">The model's tokenizer.</param>
internal sealed class CalibrationReader(CalibrationSpec spec, ITokenizer tokenizer)
{
    private readonly SplitMix64 random = new(unchecked((ulong)(spec.Seed ?? 0)));

    /// <summary>Reads the text and cuts the sequences.</summary>
    /// <exception cref="LlmKickException">The text is too short, or not what its name says.</exception>
    public CalibrationSet Read() => new(spec.Messages is { } messages ? Conversations(messages) : spec.Take switch
    {
        CalibrationTake.Documents => FromDocuments(CalibrationText.Documents(spec.File)),
        CalibrationTake.Random => AtRandom(tokenizer.Encode(CalibrationText.Whole(spec.File))),
        CalibrationTake.Gptq or CalibrationTake.Wanda or CalibrationTake.Sparsegpt =>
            PublishedWindows.Of(spec, tokenizer) is { Count: > 0 } windows ? windows
                : throw TooShort($"has no document of more than {spec.Length} tokens"),
        _ when spec.IsShuffled => Shuffled(First(tokenizer.Encode(CalibrationText.Whole(spec.File)))),
        _ => First(tokenizer.Encode(CalibrationText.Whole(spec.File))),
    });

    private List<int[]> Conversations(string path)
    {
        var all = ConversationFile.Read(path, tokenizer, spec.Length);
        if (all.Count < spec.Samples)
            throw new LlmKickException($"calibration: '{path}' has {all.Count} conversations, and `samples` asks for {spec.Samples}. Give "
                + "more conversations, or ask for fewer `samples`.");
        return spec.Take == CalibrationTake.First && !spec.IsShuffled ? all[..spec.Samples]
            : spec.Take == CalibrationTake.First ? Shuffled(all[..spec.Samples]) : Shuffled(all)[..spec.Samples];
    }

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
        if (tokens.Length < spec.Length)
            throw TooShort($"has {tokens.Length} tokens, and a sequence needs {spec.Length}");
        return [.. Enumerable.Range(0, spec.Samples).Select(_ => Window(tokens))];
    }

    /// <summary>The paper's rule: documents are drawn with replacement until one is longer than the length, and of it a random window is
    /// taken.</summary>
    private List<int[]> FromDocuments(IReadOnlyList<string> documents)
    {
        var tokens = new int[documents.Count][];
        var (tooShort, longest) = (0, 0);
        var sequences = new List<int[]>();
        while (sequences.Count < spec.Samples)
        {
            if (tooShort == documents.Count)
                throw TooShort($"has {documents.Count} documents, the longest of {longest} tokens, and none is longer than {spec.Length}");
            var drawn = random.Next(documents.Count);
            var isNew = tokens[drawn] is null;
            var document = tokens[drawn] ??= tokenizer.Encode(documents[drawn]);
            longest = Math.Max(longest, document.Length);
            if (document.Length > spec.Length)
                sequences.Add(Window(document));
            else if (isNew)
                tooShort++;
        }
        return sequences;
    }

    private int[] Window(int[] tokens)
    {
        var start = random.Next(tokens.Length - spec.Length + 1);
        return tokens[start..(start + spec.Length)];
    }

    private LlmKickException TooShort(string reason) =>
        new($"calibration: '{spec.File}' {reason}. Give a longer text, or ask for fewer `samples` or a smaller `length`.");
}
