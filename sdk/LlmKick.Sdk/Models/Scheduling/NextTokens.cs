using System.Runtime.InteropServices;
using TorchSharp;

namespace LlmKick.Sdk.Models.Scheduling;

/// <summary>Chooses the next token of each text.</summary>
internal static class NextTokens
{
    /// <summary>The most probable tokens, or drawn ones where a text asks for that, with how far ahead of the second they were.</summary>
    /// <param name="logits">float32 [texts, vocabulary].</param>
    /// <param name="texts">The texts; finished ones get the most probable token.</param>
    /// <param name="failed">Told of a text that goes on and has no finite greatest logit: NaN counts as the greatest of all.</param>
    public static (int Token, float Gap)[] Choose(torch.Tensor logits, IReadOnlyList<GeneratedText> texts, Action<GeneratedText> failed)
    {
        var (values, indices) = logits.topk(2, 1);
        var best = values.cpu().data<float>().ToArray();
        var tokens = indices.cpu().data<long>().ToArray();
        foreach (var (_, text) in texts.Index().Where(row => !row.Item.IsFinished && !float.IsFinite(best[2 * row.Index])))
            failed(text);
        return [.. texts.Select((text, row) => text is { IsFinished: false, Sampling: { } sampling }
            ? Draw(logits[row], sampling, text.Count)
            : ((int)tokens[2 * row], best[2 * row] - best[2 * row + 1]))];
    }

    private static (int Token, float Gap) Draw(torch.Tensor logits, Sampling sampling, int step)
    {
        using var row = logits.cpu().contiguous();
        return sampling.Draw(MemoryMarshal.Cast<byte, float>(row.bytes), step);
    }
}
