using System.Runtime.InteropServices;
using TorchSharp;

namespace LlmKick.Sdk.Models.Scheduling;

/// <summary>Chooses the next token of each text.</summary>
internal static class NextTokens
{
    /// <summary>The most probable tokens, or drawn ones where a text asks for that, with how far ahead of the second they were.</summary>
    /// <param name="logits">float32 [texts, vocabulary].</param>
    /// <param name="texts">The texts; finished ones get the most probable token.</param>
    public static (int Token, float Gap)[] Choose(torch.Tensor logits, IReadOnlyList<GeneratedText> texts)
    {
        var (values, indices) = logits.topk(2, 1);
        var best = values.cpu().data<float>().ToArray();
        var tokens = indices.cpu().data<long>().ToArray();
        return [.. texts.Select((text, row) => text is { IsFinished: false, Sampling: { } sampling } && float.IsFinite(best[2 * row])
            ? Draw(logits[row], sampling, text.Count)
            : ((int)tokens[2 * row], best[2 * row] - best[2 * row + 1]))];
    }

    private static (int Token, float Gap) Draw(torch.Tensor logits, Sampling sampling, int step)
    {
        using var row = logits.cpu().contiguous();
        return sampling.Draw(MemoryMarshal.Cast<byte, float>(row.bytes), step);
    }
}
