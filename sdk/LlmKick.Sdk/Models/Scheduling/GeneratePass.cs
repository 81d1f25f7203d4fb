using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Sdk.Models.Scheduling;

/// <summary>Generation over batches of prompts of unequal length.</summary>
internal sealed class GeneratePass(DecoderContext context) : RequestPass<GenerateRequest>
{
    // Each row keeps keys and values of its whole answer; and all wait for the longest.
    private const int MostRows = 32;

    private readonly IDecoder decoder = context.Decoder;
    private readonly RuledLogits? ruled = context.Rules is { } rules ? new RuledLogits(rules) : null;

    protected override void Answer(IReadOnlyList<Indexed<GenerateRequest>> requests, Action<Response> answered,
        CancellationToken cancellationToken)
    {
        foreach (var entry in requests)
            Check(entry);
        var texts = requests.Select(entry => new GeneratedText(entry, context.Tokenizer, context.ContextLength)).ToList();
        texts.FindAll(text => text.IsFinished).ForEach(text => answered(text.ToResponse()));
        var groups = PrefixGroup<GeneratedText>.Of(texts.Where(text => !text.IsFinished), text => text.Prompt,
            text => text.Prompt.Length - 1);
        foreach (var batch in PrefixReader.Cut(groups, text => text.Prompt.Length, MostRows))
            Generate(batch, answered, cancellationToken);
    }

    private void Check(Indexed<GenerateRequest> entry)
    {
        var length = entry.Request.Prompt.Tokens.Count;
        if (length == 0)
            throw new LlmKickException("A prompt has no tokens, and the model needs at least one to begin with. Use a longer prompt.");
        if (length > context.ContextLength)
            throw new LlmKickException(
                $"A prompt of {length} tokens does not fit the model's context of {context.ContextLength}. Use a shorter prompt.");
    }

    private void Generate(List<PrefixGroup<GeneratedText>> batch, Action<Response> answered, CancellationToken cancellationToken)
    {
        using var scope = torch.NewDisposeScope();
        var texts = batch.SelectMany(group => group.Items).ToList();
        // Rows that are done are read along until enough of them are dropped together, so every row needs room for the longest.
        var capacity = texts.Max(text => text.Prompt.Length) + texts.Max(text => text.Room);
        var (hidden, cache) = PrefixReader.Read(decoder, batch, text => text.Prompt, capacity);
        var ends = batch.SelectMany(group => group.Items.Select(text => (long)text.Prompt.Length - group.Shared - 1)).ToArray();
        var rows = torch.arange(Number.Of(0), Number.Of(texts.Count), Number.One, dtype: torch.int64, device: decoder.Device);
        var last = hidden.index(torch.TensorIndex.Tensor(rows), torch.TensorIndex.Tensor(torch.tensor(ends, device: decoder.Device)));
        hidden.Dispose();
        using var rowsLeft = new DecodingRows(decoder, context.Silent, ruled, cache!, texts, capacity);
        rowsLeft.Start(last);
        while (rowsLeft.Advance(answered))
            cancellationToken.ThrowIfCancellationRequested();
    }
}
