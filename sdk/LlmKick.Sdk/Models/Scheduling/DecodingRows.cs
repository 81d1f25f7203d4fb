using TorchSharp;

namespace LlmKick.Sdk.Models.Scheduling;

/// <summary>The rows of a batch that is being written, one token a row and step.</summary>
internal sealed class DecodingRows(IDecoder decoder, SilentTokens silent, RuledLogits? ruled, IKeyValueCache cache,
    List<GeneratedText> texts, int capacity) : IDisposable
{
    private IKeyValueCache cache = cache;
    private List<GeneratedText> texts = texts;
    private long[] next = [];

    /// <summary>Takes the first tokens.</summary>
    /// <param name="hidden">[rows, width]: the hidden states at the ends of the prompts.</param>
    public void Start(torch.Tensor hidden) => Append(hidden);

    /// <summary>Reports finished texts and writes one token on each of the others.</summary>
    /// <returns>Whether any text is still being written.</returns>
    public bool Advance(Action<Response> answered)
    {
        Report(answered);
        if (texts.TrueForAll(text => text.IsFinished))
            return false;
        DropFinished();
        using var scope = torch.NewDisposeScope();
        var lengths = Enumerable.Repeat(1, texts.Count).ToArray();
        var hidden = decoder.Forward(torch.tensor(next, [texts.Count, 1], device: decoder.Device), lengths, cache);
        Append(hidden.squeeze(1));
        return true;
    }

    public void Dispose() => cache.Dispose();

    private readonly HashSet<GeneratedText> reported = [];

    private void Report(Action<Response> answered)
    {
        foreach (var text in texts.Where(text => text.IsFinished && reported.Add(text)))
            answered(text.ToResponse());
    }

    private void Append(torch.Tensor hidden)
    {
        using var scope = torch.NewDisposeScope();
        var choices = NextTokens.Choose(Ruled(silent.Silence(decoder.Logits(hidden))), texts, Fail);
        next = Array.ConvertAll(choices, choice => (long)choice.Token);
        foreach (var (text, choice) in texts.Zip(choices).Where(row => !row.First.IsFinished))
            text.Append(choice.Token, choice.Gap);
    }

    private void Fail(GeneratedText text) => throw FiniteOutputs.Failure(decoder, new([.. text.Prompt.Span, .. text.Written]));

    private torch.Tensor Ruled(torch.Tensor logits) => ruled?.Apply(logits, texts) ?? logits;

    /// <summary>Copies the cache's live rows once a quarter of the rows are done: dropping each at once would copy too often.</summary>
    private void DropFinished()
    {
        int[] live = [.. texts.Index().Where(entry => !entry.Item.IsFinished).Select(entry => entry.Index)];
        if (texts.Count - live.Length < (texts.Count + 3) / 4)
            return;
        using var old = cache;
        cache = old.Select(live, capacity);
        texts = [.. live.Select(row => texts[row])];
        next = [.. live.Select(row => next[row])];
    }
}
